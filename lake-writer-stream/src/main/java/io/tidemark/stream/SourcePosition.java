package io.tidemark.stream;

/**
 * How far a source has been read: a partition and the position behind the event at hand.
 *
 * @param partition the partition's name, e.g. {@code ad-events-0}
 * @param next the position to go on from, e.g. the next offset; it only grows
 */
public record SourcePosition(String partition, long next) {}
