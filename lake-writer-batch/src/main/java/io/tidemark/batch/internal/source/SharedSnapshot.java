package io.tidemark.batch.internal.source;

import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * A snapshot that a session holds for others.
 *
 * @param name under which they join it
 * @param mark where it stands among the database's changes, in the source's own terms, or null
 *     where that is not known
 */
public record SharedSnapshot(String name, @Nullable String mark) implements Serializable {}
