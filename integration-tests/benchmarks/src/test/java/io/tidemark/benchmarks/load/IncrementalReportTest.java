package io.tidemark.benchmarks.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IncrementalReportTest {

  @Test
  void whatAChangedRowCostsIsComparedWithARowOfTheFullLoadOfTheSameRun(@TempDir Path directory)
      throws Exception {
    // Given
    IncrementalLoad full = new IncrementalLoad(1, 0, 1_000, 10, 8, 2, 40, true, null);
    IncrementalLoad tenth = new IncrementalLoad(1, 100, 100, 4, 3, 1, 6, true, null);
    IncrementalLoad wrong = new IncrementalLoad(1, 10, 10, 4, 3, 1, 6, false, "lost a row");
    IncrementalReport report =
        new IncrementalReport(
            Environment.here("a database"), "./lake", 1_000, List.of(full, wrong, tenth));

    // When
    report.write(directory);

    // Then
    assertThat(Files.readAllLines(directory.resolve("incremental.md")))
        .anyMatch(
            line ->
                line.matches(
                    "\\| 10.0 % .*\\| 0.40 .*\\| 4.00 .*\\| 4.00 .*\\| 1.50 .*\\| yes \\|"))
        .anyMatch(line -> line.startsWith("| 1.0 % ") && line.endsWith("| NO |"));
    assertThat(directory.resolve("incremental.json")).content().contains("lost a row");
  }
}
