package io.tidemark.catalog;

/**
 * The request cannot be right: a contract, manifest, window or query that breaks a rule. Nothing
 * was written. The caller mends the request; trying again as it is cannot help.
 */
public class InvalidRequestException extends LakeException {

  private static final long serialVersionUID = 1L;

  public InvalidRequestException(String message) {
    super(message);
  }

  public InvalidRequestException(String message, Throwable cause) {
    super(message, cause);
  }

  @Override
  public int exitCode() {
    return 2;
  }
}
