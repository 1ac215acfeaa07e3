package io.tidemark.catalog.internal;

import io.tidemark.catalog.contract.Measure;
import io.tidemark.catalog.contract.TableContract;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;

/**
 * How the contract asked for differs from a table's.
 *
 * @param added measures that the table does not have; these can be added
 * @param others everything else, spelled out; these are refused
 */
public record ContractDiff(List<Measure> added, List<String> others) {

  /** Compares a contract with the one asked for. */
  public static ContractDiff of(TableContract table, TableContract asked) {
    List<String> others = new ArrayList<>();
    compare(others, "period", table, asked, TableContract::period);
    compare(others, "window", table, asked, TableContract::window);
    compare(others, "keys", table, asked, TableContract::keys);
    compare(others, "layout", table, asked, TableContract::layout);
    compare(others, "cell buckets", table, asked, TableContract::buckets);
    compare(others, "bucket key", table, asked, TableContract::bucketKey);
    compare(others, "late policy", table, asked, TableContract::late);
    compare(others, "covered by", table, asked, TableContract::coveredBy);
    compare(others, "business date", table, asked, TableContract::businessDate);
    compare(others, "open horizon", table, asked, TableContract::openHorizon);
    compare(others, "allowed skew", table, asked, TableContract::allowedSkew);
    List<Measure> added = new ArrayList<>();
    for (Measure measure : asked.measures()) {
      Measure existing = table.measure(measure.name()).orElse(null);
      if (existing == null) {
        added.add(measure);
      } else if (!existing.equals(measure)) {
        others.add("measure: the table has %s, asked for %s".formatted(existing, measure));
      }
    }
    for (Measure measure : table.measures()) {
      if (asked.measure(measure.name()).isEmpty()) {
        others.add("measure: the table has %s, asked for none".formatted(measure));
      }
    }
    return new ContractDiff(added, others);
  }

  private static void compare(
      List<String> differences,
      String what,
      TableContract table,
      TableContract asked,
      Function<TableContract, Object> part) {
    if (!Objects.equals(part.apply(table), part.apply(asked))) {
      differences.add(
          "%s: the table has %s, asked for %s"
              .formatted(what, part.apply(table), part.apply(asked)));
    }
  }
}
