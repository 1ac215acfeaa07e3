package io.tidemark.maintenance.internal;

import io.tidemark.catalog.contract.TableContract;
import io.tidemark.catalog.window.Window;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.Optional;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.Schema;
import org.apache.iceberg.types.Conversions;
import org.apache.iceberg.types.Types;
import org.jspecify.annotations.Nullable;

/** Tells from a file's metrics which window it belongs to. */
final class FileWindow {

  private final TableContract contract;
  private final Types.NestedField period;

  FileWindow(TableContract contract, Schema schema) {
    this.contract = contract;
    this.period = schema.findField(contract.period().column());
  }

  /** Returns the one window that holds all rows of a file, if its metrics show it. */
  Optional<Window> of(DataFile file) {
    Long least = bound(file.lowerBounds());
    Long greatest = bound(file.upperBounds());
    if (least == null || greatest == null) {
      return Optional.empty();
    }
    return Optional.of(contract.window().containing(least)).filter(w -> w.contains(greatest));
  }

  private @Nullable Long bound(@Nullable Map<Integer, ByteBuffer> bounds) {
    ByteBuffer bytes = bounds == null ? null : bounds.get(period.fieldId());
    return bytes == null ? null : Conversions.<Long>fromByteBuffer(period.type(), bytes);
  }
}
