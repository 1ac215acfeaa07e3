package io.tidemark.batch.internal.seal;

import java.util.List;
import java.util.Objects;
import org.apache.flink.api.common.typeinfo.PrimitiveArrayTypeInfo;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.java.functions.KeySelector;
import org.apache.flink.api.java.typeutils.ResultTypeQueryable;
import org.apache.flink.table.data.RowData;
import org.apache.iceberg.PartitionKey;
import org.apache.iceberg.flink.RowDataWrapper;
import org.apache.iceberg.types.Types;
import org.jspecify.annotations.Nullable;

/**
 * The order in which rows are written: by partition, so that one file is open at a time, then by
 * period and keys, so that duplicates are neighbours.
 */
final class RowOrder implements KeySelector<RowData, byte[]>, ResultTypeQueryable<byte[]> {

  private static final long serialVersionUID = 1L;

  private final RowLayout layout;
  private transient @Nullable Cursor cursor;

  RowOrder(RowLayout layout) {
    this.layout = layout;
  }

  @Override
  public byte[] getKey(RowData row) {
    return cursor().key(row);
  }

  /** Returns the hash of what must come to one writer: the partition if it is cut by a key. */
  int hash(RowData row) {
    return cursor().hash(row, layout.contract().buckets() > 1);
  }

  @Override
  public TypeInformation<byte[]> getProducedType() {
    return PrimitiveArrayTypeInfo.BYTE_PRIMITIVE_ARRAY_TYPE_INFO;
  }

  private Cursor cursor() {
    if (cursor == null) {
      cursor = new Cursor(layout);
    }
    return cursor;
  }

  private static final class Cursor {
    private final RowDataWrapper view;
    private final PartitionKey partition;
    private final List<Types.NestedField> partitionFields;
    private final List<Types.NestedField> identity;
    private final SortKey key = new SortKey();

    Cursor(RowLayout layout) {
      this.view = layout.view();
      this.partition = new PartitionKey(layout.spec(), layout.schema());
      this.partitionFields = layout.spec().partitionType().fields();
      this.identity = layout.schema().columns().subList(0, layout.identityColumns());
    }

    byte[] key(RowData row) {
      partition.partition(view.wrap(row));
      key.reset();
      for (int i = 0; i < partitionFields.size(); i++) {
        key.add(partitionFields.get(i).type(), partition.get(i, Object.class));
      }
      for (int i = 0; i < identity.size(); i++) {
        key.add(identity.get(i).type(), view.get(i, Object.class));
      }
      return key.toBytes();
    }

    int hash(RowData row, boolean byPartition) {
      partition.partition(view.wrap(row));
      if (byPartition) {
        return partition.hashCode();
      }
      int hash = 1;
      for (int i = 0; i < identity.size(); i++) {
        hash = 31 * hash + Objects.hashCode(view.get(i, Object.class));
      }
      return hash;
    }
  }
}
