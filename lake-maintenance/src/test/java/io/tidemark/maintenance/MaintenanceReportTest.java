package io.tidemark.maintenance;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class MaintenanceReportTest {

  private static final MaintenanceReport REPORT =
      new MaintenanceReport(
          "ads.clicks",
          false,
          List.of(
              new TaskReport(
                  "compact-closed-windows",
                  List.of(
                      new Figure("files", 120, 3),
                      new Figure("bytes", 3_500_000, 1023),
                      new Figure("rows", 60, 60)),
                  List.of(new TaskReport.Skipped("[a, b)", "it was resealed meanwhile")),
                  List.of(),
                  Duration.ofMillis(1240),
                  null),
              new TaskReport(
                  "expire-snapshots",
                  List.of(),
                  List.of(),
                  List.of("2 snapshots held back"),
                  Duration.ofMillis(5),
                  new IllegalStateException("no \"luck\""))));

  @Test
  void textIsAligned() {
    assertThat(REPORT.toString())
        .isEqualTo(
            """
            ads.clicks
              compact-closed-windows         1.24 s
                files                        120 ->      3
                bytes                    3.3 MiB -> 1023 B
                rows                          60 ->     60
                skipped [a, b): it was resealed meanwhile
              expire-snapshots               0.01 s
                note: 2 snapshots held back
                FAILED: java.lang.IllegalStateException: no "luck\"""");
  }

  @Test
  void jsonHoldsEverything() {
    assertThat(REPORT.toJson())
        .isEqualTo(
            "{\"table\":\"ads.clicks\",\"dry_run\":false,\"tasks\":["
                + "{\"task\":\"compact-closed-windows\",\"duration_ms\":1240,\"figures\":{"
                + "\"files\":{\"before\":120,\"after\":3},"
                + "\"bytes\":{\"before\":3500000,\"after\":1023},"
                + "\"rows\":{\"before\":60,\"after\":60}},"
                + "\"skipped\":[{\"subject\":\"[a, b)\",\"reason\":\"it was resealed meanwhile\"}],"
                + "\"notes\":[]},"
                + "{\"task\":\"expire-snapshots\",\"duration_ms\":5,\"figures\":{},\"skipped\":[],"
                + "\"notes\":[\"2 snapshots held back\"],"
                + "\"failure\":\"java.lang.IllegalStateException: no \\\"luck\\\"\"}]}");
  }
}
