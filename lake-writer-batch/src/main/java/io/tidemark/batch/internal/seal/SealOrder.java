package io.tidemark.batch.internal.seal;

import io.tidemark.catalog.TableLoader;
import io.tidemark.catalog.commit.Seal;
import io.tidemark.catalog.commit.SealPlan;
import java.io.Serializable;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a seal's job is to do.
 *
 * @param loader the table
 * @param plan what the seal was planned against
 * @param cut the source position it covers, or null
 * @param allowed what the caller explicitly allows
 */
public record SealOrder(
    TableLoader loader, SealPlan plan, @Nullable String cut, Set<Seal.Allow> allowed)
    implements Serializable {

  public SealOrder {
    allowed = Set.copyOf(allowed);
  }
}
