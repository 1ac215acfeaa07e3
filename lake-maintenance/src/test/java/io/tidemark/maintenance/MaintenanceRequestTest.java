package io.tidemark.maintenance;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidemark.catalog.InvalidRequestException;
import java.time.Duration;
import org.apache.flink.configuration.MemorySize;
import org.junit.jupiter.api.Test;

class MaintenanceRequestTest {

  @Test
  void targetOfNoBytesIsRefused() {
    assertThatThrownBy(() -> CompactClosedWindows.targetFileSize(MemorySize.ZERO))
        .isInstanceOf(InvalidRequestException.class)
        .hasMessageContaining("target file size must be positive");
  }

  @Test
  void expiryOfEverySnapshotIsRefused() {
    assertThatThrownBy(() -> ExpireSnapshots.olderThan(Duration.ofDays(7)).retainLast(0))
        .isInstanceOf(InvalidRequestException.class)
        .hasMessageContaining("retained snapshots must be at least 1");
  }
}
