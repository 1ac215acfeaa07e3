package io.tidemark.batch.internal.postgres;

import io.tidemark.catalog.contract.TableContract;
import io.tidemark.catalog.contract.TableLayout;
import io.tidemark.catalog.manifest.Source;
import io.tidemark.catalog.manifest.TableEntry;
import io.tidemark.catalog.window.Window;
import java.io.Serializable;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.iceberg.Schema;
import org.apache.iceberg.types.Types;

/**
 * The query that brings a range's rows, wrapped so that columns come by name and ranges can be cut
 * from it.
 *
 * @param source the database
 * @param text the query as written
 * @param range the range that it is bound to
 * @param columns the contract's source columns in order; the first is the period
 * @param splitBy the column that parallel reads are split by
 * @param zone the zone of the session
 */
public record SettledQuery(
    Source.Postgres source,
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

  boolean splitsByPeriod() {
    return splitBy.equals(period().name());
  }

  Types.NestedField period() {
    return columns.get(0);
  }

  /** Returns the type that edges of windows are bound as. */
  String edgeType() {
    return zoned() ? "timestamptz" : "timestamp";
  }

  /** Returns an edge of a window as the text of a value of that type. */
  String edge(Instant instant) {
    return zoned() ? instant.toString() : local(instant).toString();
  }

  String describe() {
    return "SELECT * FROM (\n" + bound().sql() + "\n) q";
  }

  /**
   * Returns the contract's columns of all rows, to which a condition may be added. As a text, a
   * {@code char(n)} has lost the blanks it is padded with.
   */
  String select() {
    String names =
        columns.stream()
            .map(c -> "q." + quote(c.name()) + (c.type() == Types.StringType.get() ? "::text" : ""))
            .collect(Collectors.joining(", "));
    return "SELECT " + names + " FROM (\n" + bound().sql() + "\n) q";
  }

  /** Returns the query as one that other statements select from, under the name {@code q}. */
  String from() {
    return "(\n" + bound().sql() + "\n) q";
  }

  /** Binds the edges of the range and returns the position of the next parameter. */
  int bind(PreparedStatement statement) throws SQLException {
    int position = 1;
    for (String parameter : bound().parameters()) {
      statement.setString(position++, edge(parameter.equals("lo") ? range.lo() : range.hi()));
    }
    return position;
  }

  static String quote(String identifier) {
    return '"' + identifier.replace("\"", "\"\"") + '"';
  }

  private QueryText bound() {
    return QueryText.parse(text, edgeType());
  }

  private boolean zoned() {
    return ((Types.TimestampType) period().type()).shouldAdjustToUTC();
  }

  private static LocalDateTime local(Instant instant) {
    return LocalDateTime.ofInstant(instant, ZoneOffset.UTC);
  }
}
