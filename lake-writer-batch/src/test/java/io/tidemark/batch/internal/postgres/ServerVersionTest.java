package io.tidemark.batch.internal.postgres;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidemark.catalog.InvalidRequestException;
import io.tidemark.catalog.manifest.Source;
import org.junit.jupiter.api.Test;

class ServerVersionTest {

  private static final Source.Postgres SHOP =
      new Source.Postgres("shop", "jdbc:postgresql://replica/shop", "reader", "", 4);

  @Test
  void serverThatIsTooOldIsRefused() {
    assertThatThrownBy(() -> new ServerVersion(13, "13.22 (Debian)").check(SHOP))
        .isInstanceOf(InvalidRequestException.class)
        .hasMessage(
            "Cannot read from postgresql source shop: it is PostgreSQL 13.22 (Debian), and has to be 14 or later. Upgrade it, or name it as a source of type jdbc");
  }

  @Test
  void oldestOfAllIsRead() {
    assertThatCode(() -> new ServerVersion(14, "14.0").check(SHOP)).doesNotThrowAnyException();
  }
}
