package io.tidemark.benchmarks.load;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
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

  private static final ObjectMapper JSON =
      JsonMapper.builder()
          .enable(SerializationFeature.INDENT_OUTPUT)
          .addModule(
              new SimpleModule()
                  .addSerializer(double.class, new Rounded())
                  .addSerializer(Double.class, new Rounded()))
          .build();

  void write(Path file) throws IOException {
    Files.writeString(file, JSON.writeValueAsString(this) + "\n");
  }

  /** Nothing is measured more exactly than to a thousandth. */
  private static final class Rounded extends JsonSerializer<Double> {
    @Override
    public void serialize(Double value, JsonGenerator json, SerializerProvider provider)
        throws IOException {
      json.writeNumber(Math.round(value * 1000) / 1000.0);
    }
  }
}
