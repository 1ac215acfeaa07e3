package io.tidemark.catalog.internal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tidemark.catalog.InvalidRequestException;
import io.tidemark.catalog.contract.CoveredBy;
import io.tidemark.catalog.contract.Grain;
import io.tidemark.catalog.contract.Key;
import io.tidemark.catalog.contract.LatePolicy;
import io.tidemark.catalog.contract.Measure;
import io.tidemark.catalog.contract.Merge;
import io.tidemark.catalog.contract.OpenLayout;
import io.tidemark.catalog.contract.Period;
import io.tidemark.catalog.contract.TableContract;
import io.tidemark.catalog.window.WindowSpec;
import io.tidemark.catalog.window.WindowUnit;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import org.apache.iceberg.Schema;
import org.apache.iceberg.types.Types;

/** A contract as a table property: columns by field id, so that a column may be renamed. */
public final class ContractJson {

  private ContractJson() {}

  /** Returns the property's text. */
  public static String encode(TableContract contract, Schema schema) {
    ObjectNode json = Json.object();
    ObjectNode period = json.putObject("period");
    period.put("column", id(schema, contract.period().column()));
    period.put("grain", contract.period().grain().toString());
    ObjectNode window = json.putObject("window");
    window.put("unit", contract.window().unit().toString());
    window.put("zone", contract.window().zone().getId());
    window.put("origin", contract.window().origin().toString());
    ArrayNode keys = json.putArray("keys");
    contract.keys().forEach(key -> keys.add(id(schema, key.name())));
    ArrayNode measures = json.putArray("measures");
    contract.measures().forEach(measure -> measures.add(encode(measure, schema)));
    json.put("layout", contract.layout().toString());
    ObjectNode cells = json.putObject("cells");
    cells.put("buckets", contract.buckets());
    cells.put("key", id(schema, contract.bucketKey()));
    json.put("late", contract.late().toString());
    if (contract.coveredBy() != null) {
      json.put("covered-by", id(schema, contract.coveredBy().column()));
    }
    if (contract.businessDate() != null) {
      json.put("business-date", id(schema, contract.businessDate()));
    }
    if (contract.openHorizon() != null) {
      json.put("open-horizon", contract.openHorizon().toString());
    }
    json.put("allowed-skew", contract.allowedSkew().toString());
    return json.toString();
  }

  private static ObjectNode encode(Measure measure, Schema schema) {
    ObjectNode json = Json.object();
    json.put("column", id(schema, measure.name()));
    Merge merge = measure.merge();
    if (merge instanceof Merge.Sum) {
      json.put("merge", "sum");
    } else if (merge instanceof Merge.Min) {
      json.put("merge", "min");
    } else if (merge instanceof Merge.Max) {
      json.put("merge", "max");
    } else if (merge instanceof Merge.Last last) {
      json.put("merge", "last");
      json.put("by", id(schema, last.orderedBy()));
    }
    return json;
  }

  /** Returns the contract of a table with the names that its columns have now. */
  public static TableContract decode(String text, Schema schema) {
    JsonNode json = Json.parse(Keys.CONTRACT, text);
    JsonNode window = json.required("window");
    List<Key> keys = new ArrayList<>();
    json.required("keys").forEach(id -> keys.add(key(field(schema, id))));
    List<Measure> measures = new ArrayList<>();
    json.required("measures").forEach(m -> measures.add(measure(m, schema)));
    return new TableContract(
        period(json.required("period"), schema),
        new WindowSpec(
            WindowUnit.parse(window.required("unit").asText()),
            ZoneId.of(window.required("zone").asText()),
            Instant.parse(window.required("origin").asText())),
        keys,
        measures,
        OpenLayout.parse(json.required("layout").asText()),
        json.required("cells").required("buckets").asInt(),
        field(schema, json.required("cells").required("key")).name(),
        LatePolicy.parse(json.required("late").asText()),
        json.has("covered-by") ? coveredBy(field(schema, json.get("covered-by"))) : null,
        json.has("business-date") ? field(schema, json.get("business-date")).name() : null,
        json.has("open-horizon") ? Duration.parse(json.get("open-horizon").asText()) : null,
        Duration.parse(json.required("allowed-skew").asText()));
  }

  private static Period period(JsonNode json, Schema schema) {
    Types.NestedField field = field(schema, json.required("column"));
    return new Period(
        field.name(),
        Grain.parse(json.required("grain").asText()),
        (Types.TimestampType) field.type());
  }

  private static Key key(Types.NestedField field) {
    return new Key(field.name(), field.type().asPrimitiveType());
  }

  private static CoveredBy coveredBy(Types.NestedField field) {
    return new CoveredBy(field.name(), field.type().asPrimitiveType());
  }

  private static Measure measure(JsonNode json, Schema schema) {
    Types.NestedField field = field(schema, json.required("column"));
    String merge = json.required("merge").asText();
    return new Measure(
        field.name(),
        field.type().asPrimitiveType(),
        switch (merge) {
          case "sum" -> new Merge.Sum();
          case "min" -> new Merge.Min();
          case "max" -> new Merge.Max();
          case "last" -> new Merge.Last(field(schema, json.required("by")).name());
          default ->
              throw new InvalidRequestException(
                  "Cannot read the contract: unknown merge function '%s'".formatted(merge));
        });
  }

  private static int id(Schema schema, String column) {
    return schema.findField(column).fieldId();
  }

  private static Types.NestedField field(Schema schema, JsonNode id) {
    Types.NestedField field = schema.findField(id.asInt());
    if (field == null) {
      throw new InvalidRequestException(
          "Cannot read the contract: column %d was dropped from the table".formatted(id.asInt()));
    }
    return field;
  }
}
