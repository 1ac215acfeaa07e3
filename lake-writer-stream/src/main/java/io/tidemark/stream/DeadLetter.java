package io.tidemark.stream;

import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * An event that could not be read, for the table {@code <table>__dead}.
 *
 * @param payload the raw bytes
 * @param reason why it could not be read
 * @param topic the topic, or null where the source has none
 * @param partition the partition, or null
 * @param offset the offset within the partition, or null
 */
public record DeadLetter(
    byte @Nullable [] payload,
    String reason,
    @Nullable String topic,
    @Nullable Integer partition,
    @Nullable Long offset)
    implements Serializable {}
