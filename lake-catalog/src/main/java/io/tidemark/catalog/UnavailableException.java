package io.tidemark.catalog;

/**
 * Something the request needs cannot be reached: a catalog, a database, a store. Nothing was
 * written. The request may well succeed later as it is.
 */
public class UnavailableException extends LakeException {

  private static final long serialVersionUID = 1L;

  public UnavailableException(String message) {
    super(message);
  }

  public UnavailableException(String message, Throwable cause) {
    super(message, cause);
  }

  @Override
  public int exitCode() {
    return 1;
  }
}
