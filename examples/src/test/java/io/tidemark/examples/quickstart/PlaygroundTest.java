package io.tidemark.examples.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.catalog.OpenCatalog;
import io.tidemark.catalog.UnifiedTable;
import io.tidemark.catalog.manifest.Manifest;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.sql.Connection;
import org.apache.iceberg.catalog.TableIdentifier;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PlaygroundTest {

  private static final StoryDays DAYS = StoryDays.lastThree();

  @ParameterizedTest
  @EnumSource(Storage.class)
  void aTableOfTheStorysManifestCanBeCreatedAndQueried(Storage storage, @TempDir Path dir)
      throws Exception {
    // Given
    Workplace workplace = Workplace.in(dir.resolve("a place"));
    try (Playground playground = Playground.start(workplace, storage)) {
      StoryManifest.write(workplace.manifest(), playground, DAYS);
      Manifest manifest = Manifest.load(workplace.manifest());
      StringWriter out = new StringWriter();

      // When
      create(manifest);
      new LakeQuery(playground.storage().catalog())
          .show(LakeQuery.BY_DAY, new Narrator(new PrintWriter(out)));

      // Then
      assertThat(out.toString()).contains("day").contains("is_final").contains("cost");
    }
  }

  @ParameterizedTest
  @EnumSource(value = Storage.class, names = "LOCAL")
  void billingSettlesDeliveriesLessRefunds(Storage storage, @TempDir Path dir) throws Exception {
    // Given
    Feed feed = Feed.of(DAYS);
    try (Playground playground = Playground.start(Workplace.in(dir.resolve("out")), storage);
        Connection connection = playground.connect()) {
      BillingDatabase billing = BillingDatabase.create(connection, Playground.READER);

      // When
      billing.deliver(feed.billed(DAYS));
      billing.refund(feed.refunds());

      // Then
      Figures settled =
          billing.settled(DAYS.sealed()).values().stream()
              .map(BillingDatabase.Settled::figures)
              .reduce(Figures.ZERO, Figures::plus);
      Figures refunded =
          feed.refunds().stream().map(AdEvent::figures).reduce(Figures.ZERO, Figures::plus);
      Figures billed =
          feed.billed(DAYS).stream().map(AdEvent::figures).reduce(Figures.ZERO, Figures::plus);
      assertThat(settled.plus(refunded)).isEqualTo(billed);
      assertThat(refunded.clicks()).isPositive();
    }
  }

  private static void create(Manifest manifest) {
    try (OpenCatalog open = OpenCatalog.of(manifest.catalog())) {
      UnifiedTable.createOrVerify(
          open.catalog(),
          TableIdentifier.parse(StoryManifest.TABLE),
          manifest.table(StoryManifest.TABLE).contract());
    }
  }
}
