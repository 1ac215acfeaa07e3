package io.tidemark.catalog.commit;

/**
 * The table's history no longer holds what its state says was committed: somebody rolled the table
 * back or replaced it. Writers stop until {@link io.tidemark.catalog.UnifiedTable#repair()}.
 */
public final class HistoryRewrittenException extends RefusedException {

  private static final long serialVersionUID = 1L;

  public HistoryRewrittenException(String message) {
    super(message);
  }
}
