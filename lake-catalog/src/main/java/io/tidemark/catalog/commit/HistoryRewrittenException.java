package io.tidemark.catalog.commit;

import io.tidemark.catalog.LakeException;

/**
 * The table's history no longer holds what its state says was committed: somebody rolled the table
 * back or replaced it. Writers stop until {@link io.tidemark.catalog.UnifiedTable#repair()}.
 *
 * <p>It is no {@link RefusedException}: the commit may have landed before, and a snapshot off main
 * may still name its files. No file was deleted, and none may be.
 */
public final class HistoryRewrittenException extends LakeException {

  private static final long serialVersionUID = 1L;

  public HistoryRewrittenException(String message) {
    super(message);
  }

  @Override
  public int exitCode() {
    return 3;
  }
}
