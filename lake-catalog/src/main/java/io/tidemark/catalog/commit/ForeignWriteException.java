package io.tidemark.catalog.commit;

/**
 * Somebody else wrote rows into a window that the stream owns. The stream stops, so that neither
 * writer's rows are lost unnoticed, until {@link io.tidemark.catalog.UnifiedTable#repair()}.
 */
public final class ForeignWriteException extends RefusedException {

  private static final long serialVersionUID = 1L;

  public ForeignWriteException(String message) {
    super(message);
  }
}
