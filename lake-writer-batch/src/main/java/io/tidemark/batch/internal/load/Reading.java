package io.tidemark.batch.internal.load;

/**
 * How connections share the reading of a table.
 *
 * @param kind how
 * @param readers how many tasks read it
 */
record Reading(Kind kind, int readers) {

  static final Reading WHOLE = new Reading(Kind.WHOLE, 1);

  enum Kind {
    /** One connection reads all of it at once. */
    WHOLE,
    /** One connection reads its ranges, one after the other. */
    ALONE,
    /** Several read its ranges, in a snapshot that one more holds. */
    SHARED,
    /** Several read its ranges, each in a snapshot of its own. */
    APART;

    boolean isOneConnection() {
      return this == WHOLE || this == ALONE;
    }
  }

  /** Tells whether there are ranges to plan. */
  boolean isCut() {
    return kind != Kind.WHOLE;
  }

  /** Returns how many connections it takes to begin, the one that plans included. */
  int connections() {
    return kind == Kind.SHARED ? 2 : 1;
  }

  /** Tells of it, for people. */
  @Override
  public String toString() {
    return switch (kind) {
      case WHOLE, ALONE -> "one connection";
      case SHARED -> readers + " connections and one that holds their snapshot";
      case APART -> readers + " connections, each in a snapshot of its own";
    };
  }
}
