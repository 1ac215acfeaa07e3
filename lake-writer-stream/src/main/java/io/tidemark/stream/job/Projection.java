package io.tidemark.stream.job;

import io.tidemark.catalog.InvalidRequestException;
import io.tidemark.catalog.contract.TableContract;
import io.tidemark.catalog.contract.TableLayout;
import io.tidemark.catalog.manifest.TableEntry;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.dag.Transformation;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.transformations.OneInputTransformation;
import org.apache.flink.table.api.Table;
import org.apache.flink.table.api.TableException;
import org.apache.flink.table.api.ValidationException;
import org.apache.flink.table.api.bridge.java.StreamTableEnvironment;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.runtime.operators.CodeGenOperatorFactory;
import org.apache.flink.table.types.logical.RowType;
import org.apache.iceberg.Schema;
import org.apache.iceberg.flink.FlinkSchemaUtil;

/**
 * The manifest's {@code select}, planned and compiled by Flink SQL.
 *
 * @param calc the compiled projection and filter of one event
 * @param result the type of its rows: the contract's source columns in their order
 */
record Projection(CodeGenOperatorFactory<RowData> calc, RowType result) implements Serializable {

  private static final String EVENTS = "events";

  /**
   * Plans a projection.
   *
   * @param contract the entry's, with the measures in the order that is asked for
   * @throws InvalidRequestException if the select cannot be read, would lose digits, names a column
   *     there is not, or does not bring the contract's columns
   */
  static Projection plan(
      TableEntry entry, TableContract contract, TableEntry.Stream stream, EventType type) {
    RowType result = contributions(contract);
    StreamExecutionEnvironment planning = neverExecuted();
    StreamTableEnvironment tables = StreamTableEnvironment.create(planning);
    tables.getConfig().setLocalTimeZone(entry.contract().window().zone());
    try {
      tables.createTemporaryView(EVENTS, neverRead(planning, stream, type));
      String select = SelectText.from(stream.select(), EVENTS);
      Table selected = tables.sqlQuery(select);
      checkColumns(entry, selected, result);
      Narrowing.refuse(entry.name(), selected.getResolvedSchema(), result);
      Table cast = tables.sqlQuery(cast(result, select));
      return new Projection(calc(tables.toDataStream(cast)), result);
    } catch (ValidationException | TableException e) {
      throw new InvalidRequestException(
          "Cannot use the select of stream %s: %s".formatted(stream.id(), reason(e)), e);
    }
  }

  /** A client of {@code flink run} allows no environment that would run in its own process. */
  private static StreamExecutionEnvironment neverExecuted() {
    return new StreamExecutionEnvironment(new Configuration()).setParallelism(1);
  }

  private static DataStream<RowData> neverRead(
      StreamExecutionEnvironment planning, TableEntry.Stream stream, EventType type) {
    return planning.fromSource(
        new KafkaEvents(stream, type, StartingOffsets.EARLIEST, false),
        WatermarkStrategy.noWatermarks(),
        EVENTS);
  }

  private static RowType contributions(TableContract contract) {
    Schema schema = TableLayout.schema(contract);
    List<RowType.RowField> fields =
        contract.sourceColumns().stream()
            .map(name -> new RowType.RowField(name, FlinkSchemaUtil.convert(schema.findType(name))))
            .toList();
    return new RowType(fields);
  }

  private static void checkColumns(TableEntry entry, Table selected, RowType result) {
    List<String> columns = selected.getResolvedSchema().getColumnNames();
    List<String> missing = new ArrayList<>(result.getFieldNames());
    missing.removeAll(columns);
    List<String> unknown = new ArrayList<>(columns);
    unknown.removeAll(result.getFieldNames());
    if (!missing.isEmpty() || !unknown.isEmpty()) {
      throw new InvalidRequestException(
          "Cannot stream into %s: its select brings %s, the contract wants %s"
              .formatted(entry.name(), columns, result.getFieldNames()));
    }
  }

  private static String cast(RowType result, String select) {
    return result.getFields().stream()
        .map(
            field ->
                "CAST(`%1$s` AS %2$s) AS `%1$s`"
                    .formatted(field.getName(), field.getType().asSerializableString()))
        .collect(Collectors.joining(", ", "SELECT ", " FROM (" + select + ")"));
  }

  @SuppressWarnings("unchecked")
  private static CodeGenOperatorFactory<RowData> calc(DataStream<?> planned) {
    List<CodeGenOperatorFactory<RowData>> found = new ArrayList<>();
    for (Transformation<?> step : planned.getTransformation().getTransitivePredecessors()) {
      if (step instanceof OneInputTransformation<?, ?> one
          && one.getOperatorFactory() instanceof CodeGenOperatorFactory<?> factory) {
        found.add((CodeGenOperatorFactory<RowData>) factory);
      }
    }
    if (found.size() != 1) {
      throw new ValidationException("it is more than a projection and a filter of one event");
    }
    return found.get(0);
  }

  private static String reason(Throwable thrown) {
    Throwable root = thrown;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return String.valueOf(root.getMessage()).lines().findFirst().orElse("");
  }
}
