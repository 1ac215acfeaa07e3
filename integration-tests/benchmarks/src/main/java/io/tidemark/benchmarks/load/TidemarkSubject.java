package io.tidemark.benchmarks.load;

import io.tidemark.benchmarks.measure.JavaCommand;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;

/** Tidemark as its users start it: {@code ./lake load} with a manifest. */
record TidemarkSubject(JavaCommand java, Path launcher) implements Subject {
  static final String NAME = "tidemark";

  private static final String PASSWORD = "LAKE_BENCH_PASSWORD";

  private static final String MANIFEST =
      """
      catalog:
        type: jdbc
      %s
      sources:
        shop: { type: postgresql, url: "%s", user: %s, password: "${env:%s}", connections: 3 }
      tables:
        %s.%s:
          load:
            from: { source: shop, table: public.%6$s }
      %s""";

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public ProcessBuilder prepare(LoadTask task) throws IOException {
    String table = task.table().tableName();
    Path manifest =
        Files.writeString(
            task.directory().resolve("lake.yaml"),
            MANIFEST.formatted(
                catalog(task),
                task.source().url(),
                task.source().user(),
                PASSWORD,
                LocalLake.NAMESPACE,
                table,
                task.partitioned()
                    ? "      partition: [ %s ]\n".formatted(task.table().partition())
                    : ""));
    ProcessBuilder builder =
        new ProcessBuilder(
            launcher.toString(),
            "load",
            LocalLake.NAMESPACE + "." + table,
            "--manifest",
            manifest.toString());
    builder.environment().put(PASSWORD, task.source().password());
    builder.environment().put("LAKE_JAVA_OPTS", String.join(" ", java.settings()));
    return builder;
  }

  private static String catalog(LoadTask task) {
    return task.lake().catalog().entrySet().stream()
        .map(entry -> "  %s: \"%s\"".formatted(entry.getKey(), entry.getValue()))
        .collect(Collectors.joining("\n"));
  }
}
