/**
 * One Iceberg table, two writers, one tide mark.
 *
 * <p>A <em>unified table</em> is an ordinary Iceberg table under a {@linkplain
 * io.tidemark.catalog.contract.TableContract contract}. At every snapshot each of its windows has
 * exactly one owner: open windows belong to a stream, closed ones to the batch. {@link
 * io.tidemark.catalog.UnifiedTable} is the handle through which either owner commits; it keeps
 * Iceberg's {@link org.apache.iceberg.Table} in sight and adds the rules that make the hand-over
 * safe.
 */
@NullMarked
package io.tidemark.catalog;

import org.jspecify.annotations.NullMarked;
