package io.tidemark.batch.internal.upsert;

import io.tidemark.catalog.InvalidRequestException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.iceberg.MetadataColumns;
import org.apache.iceberg.Schema;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.TypeUtil;
import org.apache.iceberg.types.Types;

/**
 * The columns that tell a table's rows apart.
 *
 * @param fields the columns, at least one
 */
record Key(List<Types.NestedField> fields) {

  Key {
    fields = List.copyOf(fields);
  }

  /**
   * Finds the columns of a key.
   *
   * @throws InvalidRequestException if the table lacks one, or its values may be equal in more than
   *     one way
   */
  static Key of(Schema schema, List<String> names) {
    return new Key(names.stream().map(name -> field(schema, name)).toList());
  }

  private static Types.NestedField field(Schema schema, String name) {
    Types.NestedField field = schema.findField(name);
    if (field == null) {
      throw new InvalidRequestException(
          "Cannot use %s as a key: the table has no such column, but %s"
              .formatted(name, columns(schema)));
    }
    Type.TypeID type = field.type().typeId();
    if (!field.type().isPrimitiveType()
        || type == Type.TypeID.FLOAT
        || type == Type.TypeID.DOUBLE) {
      throw new InvalidRequestException(
          "Cannot use %s as a key: values of type %s may be equal in more than one way. Name other columns as its key"
              .formatted(name, field.type()));
    }
    return field;
  }

  private static String columns(Schema schema) {
    return schema.columns().stream().map(Types.NestedField::name).collect(Collectors.joining(", "));
  }

  /** Returns the columns to read: those of the key in its order, then the position in the file. */
  Schema projection() {
    List<Types.NestedField> columns = new ArrayList<>(fields);
    columns.add(MetadataColumns.ROW_POSITION);
    return new Schema(columns);
  }

  /** Returns where the position is in a row of the projection. */
  int position() {
    return fields.size();
  }

  Types.StructType struct() {
    return Types.StructType.of(fields);
  }

  boolean has(int fieldId) {
    return TypeUtil.indexById(struct()).containsKey(fieldId);
  }
}
