package io.tidemark.batch.internal.settled;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidemark.catalog.manifest.Source;
import io.tidemark.catalog.window.Window;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The connection of a reader that ends while its database is being reached. */
class ReaderConnectionTest {

  @Test
  void noConnectionIsOpenedForAReaderThatWasCancelled() {
    // Given
    Source.Postgres nowhere =
        new Source.Postgres("shop", "jdbc:postgresql://localhost:1/shop", "user", "password", 1);
    Window range = new Window(Instant.EPOCH, Instant.EPOCH.plusSeconds(3600));
    ReaderConnection connection =
        new ReaderConnection(
            new SettledQuery(nowhere, "SELECT 1", range, List.of(), "hour", ZoneOffset.UTC));

    // When
    connection.cancel();

    // Then
    assertThatThrownBy(() -> connection.session(null))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("is closed");
  }
}
