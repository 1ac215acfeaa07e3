package io.tidemark.catalog.internal;

import io.tidemark.catalog.contract.TableContract;
import java.util.ArrayList;
import java.util.List;
import org.apache.iceberg.Schema;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.Types;
import org.apache.iceberg.types.Types.NestedField;

/** The columns of the tables beside the main one. */
final class SideSchemas {

  private SideSchemas() {}

  /** A late row as it came, with when, why and by which publish it was put aside. */
  static Schema late(TableContract contract) {
    List<NestedField> fields = new ArrayList<>();
    add(fields, contract.period().column(), contract.period().type());
    contract.keys().forEach(k -> add(fields, k.name(), k.type()));
    contract.measures().forEach(m -> add(fields, m.name(), m.type()));
    add(fields, "quarantined_at", Types.TimestampType.withZone());
    add(fields, "reason", Types.StringType.get());
    add(fields, "commit_id", Types.StringType.get());
    return new Schema(fields);
  }

  /** An event that could not be read, with where it came from. */
  static Schema deadLetters() {
    List<NestedField> fields = new ArrayList<>();
    add(fields, "payload", Types.BinaryType.get());
    add(fields, "reason", Types.StringType.get());
    add(fields, "topic", Types.StringType.get());
    add(fields, "partition", Types.IntegerType.get());
    add(fields, "offset", Types.LongType.get());
    add(fields, "received_at", Types.TimestampType.withZone());
    return new Schema(fields);
  }

  private static void add(List<NestedField> fields, String name, Type type) {
    fields.add(NestedField.optional(fields.size() + 1, name, type));
  }
}
