package io.tidemark.benchmarks.load;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * What a benchmark leaves behind as {@code load.json}.
 *
 * @param environment what it was measured on
 * @param rows of each table
 * @param command how it was called
 * @param commands how each subject was started, by its name
 * @param runs every load, in order
 * @param limits the physical limit per run and table
 * @param ratios per table and partitioning
 */
record LoadReport(
    Environment environment,
    long rows,
    String command,
    Map<String, String> commands,
    List<LoadResult> runs,
    List<LimitResult> limits,
    @JsonProperty("ratios") List<Ratios> ratios) {

  void write(Path directory) throws IOException {
    ReportFile.write(directory.resolve("load.json"), this);
    Files.writeString(directory.resolve("load.md"), new LoadPage(this).toString());
  }
}
