package io.tidemark.stream.internal;

import java.util.Locale;

/** What becomes of a contribution. */
sealed interface Verdict {

  /** It belongs to a cell of an open window. */
  record Admitted(Cell cell) implements Verdict {}

  /** It belongs to no window that the stream may write. */
  record PutAside(Reason reason) implements Verdict {}

  /** Its window is closed, and what closed it has seen the row: it needs nothing. */
  record Covered() implements Verdict {}

  /** It has no period, or a key is null. */
  record Unreadable(String reason) implements Verdict {}

  /** Why a row goes to the quarantine. */
  enum Reason {
    /** Its window is closed. */
    LATE,
    /** Its period lies further ahead of the wall clock than the contract allows. */
    FUTURE,
    /** Its window lies behind the contract's open horizon. */
    FROZEN,
    /** With it, a sum would leave the range of its measure's type. */
    OVERFLOW,
    /** It lies before the table begins. */
    BEFORE_ORIGIN;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }
}
