package io.tidemark.benchmarks.load;

import io.tidemark.benchmarks.measure.JavaCommand;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.iceberg.Table;
import org.apache.iceberg.UpdateProperties;

/** Tidemark as its users start it: {@code ./lake load} with a manifest. */
record TidemarkSubject(JavaCommand java, Path launcher, Variant variant) implements Subject {
  private static final String PASSWORD = "LAKE_BENCH_PASSWORD";

  private static final String MANIFEST =
      """
      catalog:
        type: jdbc
      %s
      sources:
        shop: { type: %s, url: "%s", user: %s, password: "${env:%s}", connections: %d }
      tables:
        %s.%s:
          load:
            from: { source: shop, table: %s }
      %s%s""";

  @Override
  public String name() {
    return variant.subject();
  }

  @Override
  public void tune(Table target) {
    UpdateProperties update = target.updateProperties();
    variant.target().forEach(update::set);
    update.commit();
  }

  @Override
  public ProcessBuilder prepare(LoadTask task) throws IOException {
    String table = task.table().tableName();
    Path manifest =
        Files.writeString(
            task.directory().resolve("lake.yaml"),
            MANIFEST.formatted(
                catalog(task),
                variant.sourceType(task.source().type()),
                variant.url(task.source()),
                task.source().user(),
                PASSWORD,
                variant.connections(),
                LocalLake.NAMESPACE,
                table,
                task.source().schema() + "." + table,
                task.partitioned()
                    ? "      partition: [ %s ]\n".formatted(task.table().partition())
                    : "",
                variant.options()));
    ProcessBuilder builder =
        new ProcessBuilder(
            launcher.toString(),
            "load",
            LocalLake.NAMESPACE + "." + table,
            "--manifest",
            manifest.toString());
    builder.environment().put(PASSWORD, task.source().password());
    List<String> settings = new ArrayList<>(java.settings());
    settings.addAll(variant.java());
    builder.environment().put("LAKE_JAVA_OPTS", String.join(" ", settings));
    return builder;
  }

  private static String catalog(LoadTask task) {
    return task.lake().catalog().entrySet().stream()
        .map(entry -> "  %s: \"%s\"".formatted(entry.getKey(), entry.getValue()))
        .collect(Collectors.joining("\n"));
  }
}
