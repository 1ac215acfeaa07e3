package io.tidemark.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.tidemark.catalog.commit.CommitForbiddenException;
import io.tidemark.catalog.commit.Seal;
import io.tidemark.catalog.commit.SealResult;
import io.tidemark.catalog.window.Window;
import io.tidemark.fixtures.EmbeddedRestCatalog;
import io.tidemark.fixtures.Fault;
import io.tidemark.fixtures.FlakyHttpProxy;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A REST catalog that lets its client read and refuses its commits. */
class ForbiddenCommitTest {

  private static final Set<Seal.Allow> AHEAD = Set.of(Seal.Allow.AHEAD_OF_WATERMARK);

  @TempDir private Path directory;

  private EmbeddedRestCatalog rest;
  private FlakyHttpProxy proxy;
  private OpenCatalog open;
  private UnifiedTable table;
  private Seal seal;

  @BeforeEach
  void start() {
    rest = EmbeddedRestCatalog.start(Map.of("warehouse", directory.toString()));
    proxy = FlakyHttpProxy.start(rest.uri());
    open =
        OpenCatalog.of(
            new CatalogReference("lake", Map.of("type", "rest", "uri", proxy.uri().toString())));
    table = UnifiedTable.createOrVerify(open.catalog(), Clicks.ID, Clicks.contract().build());
    Window day = table.contract().window().parse("2026-11-20");
    seal = new Seal(table.planSeal("run-1", day, AHEAD), List.of(), null, AHEAD);
  }

  @AfterEach
  void stop() {
    open.close();
    proxy.close();
    rest.close();
  }

  @ParameterizedTest
  @ValueSource(ints = {401, 403})
  void itFailsAtOnce(int status) {
    // Given
    proxy.fail(Fault.reject(status), ForbiddenCommitTest::isCommit);

    // When
    CommitForbiddenException forbidden =
        catchThrowableOfType(CommitForbiddenException.class, () -> table.seal(seal));

    // Then
    assertThat(forbidden)
        .hasMessageContainingAll("Cannot commit to ads.clicks", "injected", "no file was deleted");
    assertThat(forbidden.exitCode()).isEqualTo(2);
    assertThat(commits()).isEqualTo(1);
  }

  @Test
  void itFailsAtOnceWhereReadsAreRefusedToo() {
    // Given
    proxy.fail(
        Fault.reject(401)
            .runBefore(() -> proxy.fail(Fault.reject(401), request -> !isCommit(request))),
        ForbiddenCommitTest::isCommit);

    // When
    CommitForbiddenException forbidden =
        catchThrowableOfType(CommitForbiddenException.class, () -> table.seal(seal));

    // Then
    assertThat(forbidden).isNotNull();
    assertThat(proxy.isSpent()).isTrue();
    assertThat(commits()).isEqualTo(1);
  }

  @Test
  void aCommitThatLandedAllTheSameIsFound() {
    // Given
    proxy.fail(Fault.answer(403), ForbiddenCommitTest::isCommit);

    // When
    SealResult result = table.seal(seal);

    // Then
    assertThat(result.snapshotId()).isEqualTo(head());
    assertThat(commits()).isEqualTo(1);
  }

  @Test
  void anUnknownOutcomeIsSettledAllTheSame() {
    // Given
    proxy.fail(Fault.dropRequest(), ForbiddenCommitTest::isCommit);
    proxy.fail(Fault.reject(403), ForbiddenCommitTest::isCommit);

    // When
    SealResult result = table.seal(seal);

    // Then
    assertThat(proxy.isSpent()).isTrue();
    assertThat(result.snapshotId()).isEqualTo(head());
  }

  private static boolean isCommit(FlakyHttpProxy.Request request) {
    return request.isPost("/tables/clicks");
  }

  private long commits() {
    return proxy.requests().stream().filter(ForbiddenCommitTest::isCommit).count();
  }

  private long head() {
    return table.refresh().table().currentSnapshot().snapshotId();
  }
}
