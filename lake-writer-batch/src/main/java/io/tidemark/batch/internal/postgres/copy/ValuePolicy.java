package io.tidemark.batch.internal.postgres.copy;

import java.io.Serializable;
import org.apache.iceberg.types.Types.DecimalType;
import org.jspecify.annotations.Nullable;

/**
 * What becomes of values that Iceberg's types cannot hold.
 *
 * @param unfit of a value like {@code infinity} in a timestamp
 * @param numeric the type of columns that are {@code numeric} without a precision; null for string
 */
public record ValuePolicy(Unfit unfit, @Nullable DecimalType numeric) implements Serializable {

  /** What becomes of one value. */
  public enum Unfit {
    /** The load fails and names it. */
    FAIL,
    /** It becomes a null, which is counted. */
    NULL
  }

  /** Returns the policy that loses nothing: it fails, and numerics without a precision are text. */
  public static ValuePolicy strict() {
    return new ValuePolicy(Unfit.FAIL, null);
  }
}
