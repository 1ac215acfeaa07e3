package io.tidemark.batch.internal.columnar;

import java.util.ArrayList;
import java.util.List;
import org.apache.iceberg.PartitionData;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Schema;
import org.apache.iceberg.StructLike;

/** The partitions of a spec that rows were found in, numbered from 0 as they come. */
final class Partitions {

  private final PartitionSpec spec;
  private final List<Integer> positions = new ArrayList<>();
  private final List<PartitionValues> fields = new ArrayList<>();
  private final List<Pairs> pairs = new ArrayList<>();

  Partitions(PartitionSpec spec, Schema schema) {
    this.spec = spec;
    for (int i = 0; i < spec.fields().size(); i++) {
      if (!spec.fields().get(i).transform().isVoid()) {
        positions.add(i);
        fields.add(new PartitionValues(spec.fields().get(i), schema));
        pairs.add(new Pairs());
      }
    }
  }

  /** Returns the number of the partition that the current row of a source belongs to. */
  int number(RowReader row) {
    if (fields.isEmpty()) {
      return 0;
    }
    int number = fields.get(0).number(row);
    for (int i = 1; i < fields.size(); i++) {
      number = pairs.get(i).number(number, fields.get(i).number(row));
    }
    return number;
  }

  /** Returns the partition with a number. */
  StructLike partition(int number) {
    PartitionData partition = new PartitionData(spec.partitionType());
    int rest = number;
    for (int i = fields.size() - 1; i > 0; i--) {
      partition.set(positions.get(i), fields.get(i).value(pairs.get(i).second(rest)));
      rest = pairs.get(i).first(rest);
    }
    if (!fields.isEmpty()) {
      partition.set(positions.get(0), fields.get(0).value(rest));
    }
    return partition;
  }
}
