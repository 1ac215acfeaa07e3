package io.tidemark.batch.internal.seal;

import java.io.Serializable;
import java.util.Locale;
import java.util.StringJoiner;

/**
 * What was found in the rows of a batch before they are committed.
 *
 * @param outside rows whose period lies outside the windows
 * @param offGrain rows whose period does not begin where the contract's grain does
 * @param nulls rows without a period or without a key
 * @param duplicates rows that repeat the period and key of another
 */
record Audit(Finding outside, Finding offGrain, Finding nulls, Finding duplicates)
    implements Serializable {

  static final Audit CLEAN = new Audit(Finding.NONE, Finding.NONE, Finding.NONE, Finding.NONE);

  static Audit outside(Finding finding) {
    return new Audit(finding, Finding.NONE, Finding.NONE, Finding.NONE);
  }

  static Audit offGrain(Finding finding) {
    return new Audit(Finding.NONE, finding, Finding.NONE, Finding.NONE);
  }

  static Audit isNull(Finding finding) {
    return new Audit(Finding.NONE, Finding.NONE, finding, Finding.NONE);
  }

  static Audit duplicate(Finding finding) {
    return new Audit(Finding.NONE, Finding.NONE, Finding.NONE, finding);
  }

  boolean isClean() {
    return equals(CLEAN);
  }

  Audit merge(Audit other) {
    return new Audit(
        outside.merge(other.outside),
        offGrain.merge(other.offGrain),
        nulls.merge(other.nulls),
        duplicates.merge(other.duplicates));
  }

  /** Says what was found: {@code 3 rows outside the window, first hour=2026-11-21T00:00Z}. */
  @Override
  public String toString() {
    StringJoiner text = new StringJoiner("; ");
    describe(text, outside, "outside the window");
    describe(text, offGrain, "with a period that is no edge of its grain");
    describe(text, nulls, "with a null period or key");
    describe(text, duplicates, "with the period and key of another");
    return text.toString();
  }

  private static void describe(StringJoiner text, Finding finding, String what) {
    if (finding.count() > 0) {
      text.add(
          String.format(
              Locale.ROOT,
              "%,d %s %s, first %s",
              finding.count(),
              finding.count() == 1 ? "row" : "rows",
              what,
              finding.firstRow()));
    }
  }
}
