package io.tidemark.stream.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.catalog.commit.OpenFiles;
import io.tidemark.catalog.contract.OpenLayout;
import io.tidemark.catalog.window.Window;
import java.time.Instant;
import java.util.List;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.DataFiles;
import org.apache.iceberg.PartitionSpec;
import org.junit.jupiter.api.Test;

/** A cell is flushed twice before a publish: the checkpoint of the first flush was aborted. */
class GatheredTest {

  private static final Window DAY =
      new Window(Instant.parse("2026-11-20T00:00:00Z"), Instant.parse("2026-11-21T00:00:00Z"));

  private final DataFile earlier = file("earlier");
  private final DataFile later = file("later");

  @Test
  void laterImageOfACellStandsForTheEarlier() {
    OpenFiles joined = joined(OpenLayout.CELLS);

    assertThat(joined.files()).containsExactly(later);
    assertThat(joined.contributions()).isEqualTo(5);
  }

  @Test
  void eventsAreAdded() {
    OpenFiles joined = joined(OpenLayout.EVENTS);

    assertThat(joined.files()).containsExactly(earlier, later);
    assertThat(joined.contributions()).isEqualTo(5);
  }

  private OpenFiles joined(OpenLayout layout) {
    Gathered gathered = new Gathered(layout);
    gathered.add(flush(earlier, 2));
    gathered.add(flush(later, 3));
    assertThat(gathered.cells(false)).hasSize(1);
    return gathered.cells(false).get(0);
  }

  private static Flush flush(DataFile file, long contributions) {
    return Flush.ofCells(List.of(new OpenFiles(DAY, 0, List.of(file), contributions)), null);
  }

  private static DataFile file(String name) {
    return DataFiles.builder(PartitionSpec.unpartitioned())
        .withPath("/lake/" + name + ".parquet")
        .withFileSizeInBytes(100)
        .withRecordCount(1)
        .build();
  }
}
