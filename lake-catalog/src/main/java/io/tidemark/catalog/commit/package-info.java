/**
 * The commit protocol: how two writers share one table.
 *
 * <p>Every commit is planned once against one base and swapped against that very base; its guards
 * are checked on the same base. A commit carries an id that all its attempts share, and its outcome
 * is read from the lineage of main and from nothing else: what a catalog answers is a hint. A
 * stream's publishes form a chain by their ids, so that a zombie, a fork or a rewound savepoint is
 * fenced by the table itself. State lives in table properties and changes only together with a
 * snapshot on main.
 */
@NullMarked
package io.tidemark.catalog.commit;

import org.jspecify.annotations.NullMarked;
