package io.tidemark.benchmarks.load;

/**
 * A load under some condition, to be compared with others.
 *
 * @param name of the condition
 * @param rows how many rows the table has
 * @param base the name of the case that it is compared with
 * @param subject who loads
 * @param layout what is loaded into what
 */
record LoadCase(String name, long rows, String base, Subject subject, Layout layout) {}
