package io.tidemark.examples.quickstart;

import io.tidemark.catalog.InvalidRequestException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The quickstart as a command. Its exit code is 0 only where all figures were right. */
@Command(
    name = "quickstart",
    description = "Stream, seal, compact and read one table on real parts, all embedded.")
public final class QuickstartCommand implements Callable<Integer> {

  /** The launcher names the file here that holds Spark's class path. */
  private static final String SPARK_CLASS_PATH = "lake.spark-class-path";

  @Spec private CommandSpec spec;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "An empty directory for everything written; default: a temporary one.")
  private @Nullable Path out;

  @Option(
      names = "--storage",
      paramLabel = "s3|local",
      defaultValue = "s3",
      description =
          "Where the table lives: an S3 server with a REST catalog, or plain files with a SQLite"
              + " catalog that any engine can open afterwards. Default: ${DEFAULT-VALUE}.")
  private Storage storage;

  @Option(
      names = "--serve",
      description = "Leave all servers up until Ctrl-C, and print how other engines connect.")
  private boolean serve;

  @Override
  public Integer call() throws Exception {
    SparkProcess spark = spark();
    Workplace workplace = out == null ? Workplace.temporary() : Workplace.in(out);
    Narrator narrator = new Narrator(spec.commandLine().getOut());
    narrator.step(
        "Start PostgreSQL, Kafka%s"
            .formatted(storage == Storage.S3 ? ", S3 and a REST catalog" : ""));
    narrator.say("All embedded, all real. Everything written is in " + workplace.dir());
    try (Playground playground = Playground.start(workplace, storage)) {
      List<String> complaints = new QuickstartStory(workplace, playground, narrator, spark).play();
      int exit = conclude(complaints, workplace, narrator);
      if (serve) {
        new Serving(playground, narrator).untilInterrupted();
      }
      return exit;
    }
  }

  private int conclude(List<String> complaints, Workplace workplace, Narrator narrator) {
    if (complaints.isEmpty()) {
      narrator.say(
          "All figures are right, after %d s: %s"
              .formatted(narrator.elapsed().toSeconds(), workplace.summary()));
      return 0;
    }
    var err = spec.commandLine().getErr();
    err.println("error: Cannot confirm the figures:");
    complaints.forEach(complaint -> err.println("  " + complaint));
    err.flush();
    return 1;
  }

  private static SparkProcess spark() {
    String classPath = System.getProperty(SPARK_CLASS_PATH);
    if (classPath == null) {
      throw new InvalidRequestException(
          "Cannot find Spark: start the quickstart with ./lake quickstart");
    }
    List<String> opened =
        ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
            .filter(argument -> argument.startsWith("--add-opens"))
            .toList();
    return new SparkProcess(Path.of(classPath), opened);
  }
}
