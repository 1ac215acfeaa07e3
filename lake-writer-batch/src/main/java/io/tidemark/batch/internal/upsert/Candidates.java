package io.tidemark.batch.internal.upsert;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.FileScanTask;
import org.apache.iceberg.PartitionField;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Table;
import org.apache.iceberg.expressions.Expression;
import org.apache.iceberg.expressions.Expressions;
import org.apache.iceberg.io.CloseableIterable;
import org.apache.iceberg.types.Comparators;
import org.apache.iceberg.types.Conversions;
import org.apache.iceberg.types.Types;
import org.jspecify.annotations.Nullable;

/** The data files of a table that may have keys of other files. */
final class Candidates {

  private final Table table;
  private final Key key;
  private final List<DataFile> loaded;

  Candidates(Table table, Key key, List<DataFile> loaded) {
    this.table = table;
    this.key = key;
    this.loaded = loaded;
  }

  /** Returns them, each with the delete files that hold for it. */
  List<FileScanTask> find() {
    List<FileScanTask> found = new ArrayList<>();
    if (loaded.isEmpty() || table.currentSnapshot() == null) {
      return found;
    }
    Set<List<Object>> partitions = partitions();
    boolean comparable = loaded.stream().allMatch(this::isOfCurrentSpec);
    try (CloseableIterable<FileScanTask> tasks =
        table.newScan().filter(bounds()).ignoreResiduals().planFiles()) {
      for (FileScanTask task : tasks) {
        if (!comparable
            || !isOfCurrentSpec(task.file())
            || partitions.contains(partition(task.file()))) {
          found.add(task);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return found;
  }

  /** A row with a key can only be in the partitions of it that the key's columns alone decide. */
  private Set<List<Object>> partitions() {
    Set<List<Object>> partitions = new HashSet<>();
    loaded.forEach(file -> partitions.add(partition(file)));
    return partitions;
  }

  /** The table may have been given another spec since the files were written. */
  private boolean isOfCurrentSpec(DataFile file) {
    return file.specId() == table.spec().specId();
  }

  private List<Object> partition(DataFile file) {
    PartitionSpec spec = table.spec();
    List<Object> values = new ArrayList<>();
    for (int i = 0; i < spec.fields().size(); i++) {
      PartitionField field = spec.fields().get(i);
      if (key.has(field.sourceId())) {
        Object value = file.partition().get(i, Object.class);
        values.add(value instanceof CharSequence text ? text.toString() : value);
      }
    }
    return values;
  }

  private Expression bounds() {
    Expression all = Expressions.alwaysTrue();
    for (Types.NestedField field : key.fields()) {
      all = Expressions.and(all, bounds(field));
    }
    return all;
  }

  /** Values of other types have no order that all writers of metrics agree on. */
  private Expression bounds(Types.NestedField field) {
    return switch (field.type().typeId()) {
      case INTEGER, LONG, DATE, TIME, TIMESTAMP, DECIMAL, STRING -> {
        Comparator<Object> order = Comparators.forType(field.type().asPrimitiveType());
        Object least = extreme(field, DataFile::lowerBounds, order.reversed());
        Object most = extreme(field, DataFile::upperBounds, order);
        yield Expressions.and(
            least == null
                ? Expressions.alwaysTrue()
                : Expressions.greaterThanOrEqual(field.name(), least),
            most == null
                ? Expressions.alwaysTrue()
                : Expressions.lessThanOrEqual(field.name(), most));
      }
      default -> Expressions.alwaysTrue();
    };
  }

  /** Returns the outermost bound of all files; null where one of them has none. */
  private @Nullable Object extreme(
      Types.NestedField field,
      Function<DataFile, Map<Integer, ByteBuffer>> bounds,
      Comparator<Object> order) {
    Object extreme = null;
    for (DataFile file : loaded) {
      Map<Integer, ByteBuffer> of = bounds.apply(file);
      ByteBuffer bound = of == null ? null : of.get(field.fieldId());
      if (bound == null) {
        return null;
      }
      Object value = Conversions.fromByteBuffer(field.type(), bound);
      extreme = extreme == null || order.compare(value, extreme) > 0 ? value : extreme;
    }
    return extreme;
  }
}
