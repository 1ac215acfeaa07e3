package io.tidemark.maintenance;

/**
 * A quantity before and after a task.
 *
 * @param name what was counted, e.g. {@code files}; names that end in {@code bytes} count bytes
 * @param before the count before the task
 * @param after the count after it, or what a dry run expects of it
 */
public record Figure(String name, long before, long after) {}
