package io.tidemark.batch.internal.postgres;

import io.tidemark.catalog.InvalidRequestException;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.Types;

/** Checks that a query brings a contract's columns, before a row of it is read. */
public final class QueryCheck {

  private static final Set<String> INTEGERS = Set.of("int2", "int4", "int8", "numeric");
  private static final Set<String> TEXTS = Set.of("text", "varchar", "bpchar", "name");

  private static final Pattern PLAN_ROWS = Pattern.compile("\"Plan Rows\": (\\d+)");

  private QueryCheck() {}

  /**
   * Has the database prepare the query and compares what it would bring.
   *
   * @return how many rows the database expects
   * @throws InvalidRequestException if the query is wrong, or its columns are others; the message
   *     names them all
   * @throws io.tidemark.catalog.UnavailableException if the database cannot be reached
   */
  public static long check(SettledQuery query, String table) {
    try (Session session = Session.open(query.source(), query.zone())) {
      List<String> complaints = complaints(query, describe(session, query));
      if (!complaints.isEmpty()) {
        throw new InvalidRequestException(
            "Cannot seal %s from %s: the query %s. Nothing was read."
                .formatted(table, query.source(), String.join("; ", complaints)));
      }
      return rowsExpected(session, query);
    }
  }

  private static long rowsExpected(Session session, SettledQuery query) {
    try (PreparedStatement statement = session.prepare("EXPLAIN (FORMAT JSON) " + query.select())) {
      query.bind(statement);
      try (ResultSet plan = statement.executeQuery()) {
        plan.next();
        Matcher rows = PLAN_ROWS.matcher(plan.getString(1));
        return rows.find() ? Long.parseLong(rows.group(1)) : 0;
      }
    } catch (SQLException e) {
      throw session.failure(e);
    }
  }

  /** Returns the types of the query's columns by their names, in their order. */
  static Map<String, String> describe(Session session, SettledQuery query) {
    Map<String, String> types = new LinkedHashMap<>();
    try (PreparedStatement statement = session.prepare(query.describe())) {
      query.bind(statement);
      ResultSetMetaData columns = statement.getMetaData();
      for (int i = 1; i <= columns.getColumnCount(); i++) {
        String type = columns.getColumnTypeName(i);
        if (types.put(columns.getColumnLabel(i), type) != null) {
          throw new InvalidRequestException(
              "Cannot read from %s: the query names column %s twice"
                  .formatted(query.source(), columns.getColumnLabel(i)));
        }
      }
      return types;
    } catch (SQLException e) {
      throw session.failure(e);
    }
  }

  private static List<String> complaints(SettledQuery query, Map<String, String> brought) {
    List<String> names = query.columns().stream().map(Types.NestedField::name).toList();
    List<String> missing = names.stream().filter(n -> !brought.containsKey(n)).toList();
    List<String> extra = brought.keySet().stream().filter(n -> !names.contains(n)).toList();
    List<String> complaints = new ArrayList<>();
    if (!missing.isEmpty()) {
      complaints.add("does not bring " + String.join(", ", missing));
    }
    if (!extra.isEmpty()) {
      complaints.add("brings " + String.join(", ", extra) + ", which the table has not");
    }
    for (Types.NestedField column : query.columns()) {
      String type = brought.get(column.name());
      if (type != null && !fits(type, column.type())) {
        complaints.add("brings %s as %s for %s".formatted(column.name(), type, column.type()));
      }
    }
    return complaints;
  }

  private static boolean fits(String brought, Type type) {
    return switch (type.typeId()) {
      case BOOLEAN -> brought.equals("bool");
      case INTEGER, LONG, DECIMAL -> INTEGERS.contains(brought);
      case FLOAT -> brought.equals("float4");
      case DOUBLE -> brought.equals("float4") || brought.equals("float8");
      case STRING -> TEXTS.contains(brought);
      case DATE -> brought.equals("date");
      case TIME -> brought.equals("time");
      case TIMESTAMP ->
          brought.equals(
              ((Types.TimestampType) type).shouldAdjustToUTC() ? "timestamptz" : "timestamp");
      case UUID -> brought.equals("uuid");
      case BINARY, FIXED -> brought.equals("bytea");
      default -> false;
    };
  }
}
