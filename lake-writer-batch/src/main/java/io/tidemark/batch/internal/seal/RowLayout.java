package io.tidemark.batch.internal.seal;

import io.tidemark.catalog.UnifiedTable;
import io.tidemark.catalog.contract.TableContract;
import java.io.Serializable;
import java.util.List;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.runtime.typeutils.InternalTypeInfo;
import org.apache.flink.table.types.logical.RowType;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Schema;
import org.apache.iceberg.flink.FlinkSchemaUtil;
import org.apache.iceberg.flink.RowDataWrapper;
import org.apache.iceberg.types.Types;

/**
 * How the rows of a batch are laid out: the contract's columns in their order, under the field ids
 * of the table.
 *
 * @param contract the contract
 * @param schema the columns that are written
 * @param spec the spec that files are written under
 */
public record RowLayout(TableContract contract, Schema schema, PartitionSpec spec)
    implements Serializable {

  /** Returns the layout of a batch's rows for a table as it is now. */
  public static RowLayout of(UnifiedTable unified) {
    Schema schema = unified.table().schema();
    List<Types.NestedField> columns =
        unified.contract().columns().stream().map(schema::findField).toList();
    return new RowLayout(unified.contract(), new Schema(columns), unified.table().spec());
  }

  /** Returns the type of a row; every column may be null, so that an audit can find it so. */
  public RowType rowType() {
    return nullable(schema.columns());
  }

  /** Returns the type of the columns that a source brings. */
  public RowType sourceType() {
    return nullable(schema.columns().subList(0, contract.sourceColumns().size()));
  }

  InternalTypeInfo<RowData> typeInfo() {
    return InternalTypeInfo.of(rowType());
  }

  /** Returns a view of rows as Iceberg's values; the period is its first column, keys follow. */
  RowDataWrapper view() {
    return new RowDataWrapper(rowType(), schema.asStruct());
  }

  /** Returns how many columns name a row: the period and the keys. */
  int identityColumns() {
    return 1 + contract.keys().size();
  }

  private static RowType nullable(List<Types.NestedField> columns) {
    return FlinkSchemaUtil.convert(
        new Schema(
            columns.stream()
                .map(c -> Types.NestedField.optional(c.fieldId(), c.name(), c.type()))
                .toList()));
  }
}
