package io.tidemark.batch.internal.postgres;

import static io.tidemark.batch.internal.postgres.SettledQuery.quote;

import io.tidemark.batch.internal.postgres.RangeSplit.Cut;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.StringJoiner;
import org.apache.flink.table.data.RowData;
import org.jspecify.annotations.Nullable;

/** The rows of a split, streamed: the transaction is open, so that the driver keeps to the size. */
final class RangeCursor implements AutoCloseable {

  private static final int FETCH_SIZE = 4_096;

  private final PreparedStatement statement;
  private final ResultSet result;
  private final RowReader reader;

  private RangeCursor(PreparedStatement statement, ResultSet result, RowReader reader) {
    this.statement = statement;
    this.result = result;
    this.reader = reader;
  }

  static RangeCursor open(Session session, SettledQuery query, RangeSplit split)
      throws SQLException {
    Cut cut = split.cut();
    PreparedStatement statement = session.prepare(query.select() + condition(cut));
    statement.setFetchSize(FETCH_SIZE);
    int position = query.bind(statement);
    if (cut != null && cut.from() != null) {
      statement.setString(position++, cut.from());
    }
    if (cut != null && cut.to() != null) {
      statement.setString(position, cut.to());
    }
    return new RangeCursor(statement, statement.executeQuery(), new RowReader(query.columns()));
  }

  /** Adds rows to a list and tells whether there may be more. */
  boolean read(List<RowData> rows, int atMost) throws SQLException {
    while (rows.size() < atMost) {
      if (!result.next()) {
        return false;
      }
      rows.add(reader.read(result));
    }
    return true;
  }

  @Override
  public void close() throws SQLException {
    result.close();
    statement.close();
  }

  private static String condition(@Nullable Cut cut) {
    if (cut == null) {
      return "";
    }
    String column = "q." + quote(cut.column());
    if (cut.isNulls()) {
      return " WHERE " + column + " IS NULL";
    }
    StringJoiner range = new StringJoiner(" AND ", " WHERE ", "");
    if (cut.from() != null) {
      range.add(column + " >= CAST(? AS " + cut.type() + ")");
    }
    if (cut.to() != null) {
      range.add(column + " < CAST(? AS " + cut.type() + ")");
    }
    return range.toString();
  }
}
