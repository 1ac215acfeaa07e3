package io.tidemark.catalog.commit;

import io.tidemark.catalog.LakeException;

/**
 * A commit landed while somebody changed the table's contract, which no catalog prevents where only
 * properties change. The commit stands; somebody must look at the contract.
 */
public final class ContractChangedException extends LakeException {

  private static final long serialVersionUID = 1L;

  public ContractChangedException(String message) {
    super(message);
  }

  @Override
  public int exitCode() {
    return 1;
  }
}
