package io.tidemark.examples.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.catalog.OpenCatalog;
import io.tidemark.catalog.UnifiedTable;
import io.tidemark.catalog.manifest.Manifest;
import java.nio.file.Path;
import java.util.Arrays;
import org.apache.flink.table.api.EnvironmentSettings;
import org.apache.flink.table.api.TableEnvironment;
import org.apache.iceberg.catalog.TableIdentifier;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ConnectionSettingsTest {

  @ParameterizedTest
  @EnumSource(Storage.class)
  void flinkSqlOpensTheTableWithTheSettingsAsTheyArePrinted(Storage storage, @TempDir Path dir)
      throws Exception {
    // Given
    Workplace workplace = Workplace.in(dir.resolve("out"));
    try (Playground playground = Playground.start(workplace, storage)) {
      StoryManifest.write(workplace.manifest(), playground, StoryDays.lastThree());
      create(Manifest.load(workplace.manifest()));
      String settings =
          new ConnectionSettings(playground.storage().catalog()).byEngine().get("Flink SQL");
      TableEnvironment flink = TableEnvironment.create(EnvironmentSettings.inBatchMode());

      // When
      Arrays.stream(settings.replaceFirst("--.*\n", "").split(";"))
          .map(String::strip)
          .filter(statement -> statement.startsWith("CREATE"))
          .forEach(flink::executeSql);

      // Then
      assertThat(flink.from("lake." + StoryManifest.TABLE).getResolvedSchema().getColumnNames())
          .contains("hour", "campaign_id", "clicks", "is_final");
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
