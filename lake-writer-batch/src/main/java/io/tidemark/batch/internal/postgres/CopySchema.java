package io.tidemark.batch.internal.postgres;

import io.tidemark.catalog.InvalidRequestException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.iceberg.Schema;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.Type.TypeID;
import org.apache.iceberg.types.Types;
import org.apache.iceberg.types.Types.NestedField;

/** Gives columns their ids: the columns first, then the elements of lists. */
final class CopySchema {

  private CopySchema() {}

  static Schema of(List<CopyColumn> columns, TypeTable types) {
    List<NestedField> fields = new ArrayList<>();
    Set<Integer> identifier = new HashSet<>();
    boolean identifies = true;
    for (int i = 0; i < columns.size(); i++) {
      CopyColumn column = columns.get(i);
      int id = i + 1;
      Type type = withElementId(types.of(column.type()).type(), columns.size() + id);
      if (column.required()) {
        fields.add(NestedField.required(id, column.name(), type));
        identifier.add(id);
        identifies &= canIdentify(type);
      } else {
        fields.add(NestedField.optional(id, column.name(), type));
      }
    }
    checkElements(fields);
    return new Schema(fields, identifies ? identifier : Set.of());
  }

  /** Iceberg finds the elements of a list by a name, which a column may have as well. */
  private static void checkElements(List<NestedField> fields) {
    for (NestedField list : fields) {
      String elements = list.name() + ".element";
      if (list.type().isListType()
          && fields.stream().anyMatch(field -> field.name().equalsIgnoreCase(elements))) {
        throw new InvalidRequestException(
            "Cannot read column %s beside the array %s: Iceberg calls the array's elements so. Rename one of them, or exclude it"
                .formatted(elements, list.name()));
      }
    }
  }

  private static Type withElementId(Type type, int id) {
    return type.isListType()
        ? Types.ListType.ofOptional(id, type.asListType().elementType())
        : type;
  }

  private static boolean canIdentify(Type type) {
    return type.isPrimitiveType()
        && type.typeId() != TypeID.FLOAT
        && type.typeId() != TypeID.DOUBLE;
  }
}
