package io.tidemark.catalog.manifest;

import io.tidemark.catalog.contract.TableContract;
import io.tidemark.catalog.manifest.TableEntry.Batch;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads {@code batch:} of a table. */
final class BatchSection {

  private BatchSection() {}

  /**
   * Returns the batch.
   *
   * @param contract the table's contract, or null where it has complaints of its own
   */
  static @Nullable Batch read(Section section, Sources sources, @Nullable TableContract contract) {
    section.allow("from");
    Section from = section.section("from");
    if (from == null) {
      return null;
    }
    from.allow("source", "query", "split-by");
    Source.Database source = sources.find(from, Source.Database.class);
    String query = from.read("query", BatchSection::checkQuery);
    String splitBy = from.read("split-by", null, name -> checkSplit(name, contract));
    return section.build(() -> new Batch(source, query, splitBy));
  }

  private static String checkQuery(String query) {
    Set<String> edges = QueryEdges.in(query);
    for (String parameter : List.of("lo", "hi")) {
      if (!edges.contains(parameter)) {
        throw new IllegalArgumentException(
            "the query has no parameter :%s; it must bind the edges of the windows it reads, as in WHERE t >= :lo AND t < :hi"
                .formatted(parameter));
      }
    }
    return query.strip();
  }

  private static String checkSplit(String name, @Nullable TableContract contract) {
    if (contract != null && !contract.sourceColumns().contains(name)) {
      throw new IllegalArgumentException(
          "%s is no column of the table: expected one of %s%s"
              .formatted(
                  name,
                  String.join(", ", contract.sourceColumns()),
                  Suggestion.of(name, contract.sourceColumns())));
    }
    return name;
  }
}
