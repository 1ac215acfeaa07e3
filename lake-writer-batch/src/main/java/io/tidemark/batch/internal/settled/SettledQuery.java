package io.tidemark.batch.internal.settled;

import io.tidemark.batch.internal.source.EdgeQuery;
import io.tidemark.catalog.contract.TableContract;
import io.tidemark.catalog.contract.TableLayout;
import io.tidemark.catalog.manifest.Source;
import io.tidemark.catalog.manifest.TableEntry;
import io.tidemark.catalog.window.Window;
import java.io.Serializable;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.LongStream;
import org.apache.iceberg.Schema;
import org.apache.iceberg.types.Types;

/**
 * The query that brings the settled rows of some windows.
 *
 * @param source the database
 * @param text the query as written
 * @param range the windows
 * @param columns the contract's source columns in the order of its rows; the first is the period
 * @param splitBy the column that parallel reads are split by
 * @param zone the zone of the session
 */
public record SettledQuery(
    Source.Database source,
    String text,
    Window range,
    List<Types.NestedField> columns,
    String splitBy,
    ZoneId zone)
    implements Serializable {

  public SettledQuery {
    columns = List.copyOf(columns);
  }

  /** Returns the query of a manifest's entry. */
  public static SettledQuery of(TableEntry.Batch batch, TableContract contract, Window range) {
    Schema schema = TableLayout.schema(contract);
    return new SettledQuery(
        batch.source(),
        batch.query(),
        range,
        contract.sourceColumns().stream().map(schema::findField).toList(),
        batch.splitBy() == null ? contract.period().column() : batch.splitBy(),
        contract.window().zone());
  }

  /** Returns the query for a table that has the same columns in another order. */
  SettledQuery inOrderOf(TableContract contract) {
    List<String> order = contract.sourceColumns();
    List<Types.NestedField> ordered = new ArrayList<>(columns);
    ordered.sort(Comparator.comparingInt(column -> order.indexOf(column.name())));
    return new SettledQuery(source, text, range, ordered, splitBy, zone);
  }

  /** Returns the query with the edges of the windows. */
  EdgeQuery bound() {
    Types.TimestampType period = (Types.TimestampType) columns.get(0).type();
    return new EdgeQuery(text, range.lo(), range.hi(), period.shouldAdjustToUTC());
  }

  /**
   * Returns where to cut the windows themselves, at full seconds, without asking anybody; nothing
   * where the splits are cut by another column than the period.
   */
  List<Instant> edges(int parts) {
    if (!splitBy.equals(columns.get(0).name())) {
      return List.of();
    }
    long start = range.lo().getEpochSecond();
    long seconds = range.hi().getEpochSecond() - start;
    return LongStream.range(1, parts)
        .map(i -> start + seconds * i / parts)
        .distinct()
        .mapToObj(Instant::ofEpochSecond)
        .toList();
  }
}
