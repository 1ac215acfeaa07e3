package io.tidemark.batch.internal.columnar;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Pairs of numbers, numbered themselves as they come. */
final class Pairs {

  private final RecentKeys recent = new RecentKeys();
  private final Map<Long, Integer> numbers = new HashMap<>();
  private final List<Long> pairs = new ArrayList<>();

  int number(int first, int second) {
    long pair = ((long) first << Integer.SIZE) | second;
    int known = recent.find(pair);
    if (known != RecentKeys.UNKNOWN) {
      return known;
    }
    int number = numbers.computeIfAbsent(pair, this::add);
    recent.add(pair, number);
    return number;
  }

  int first(int number) {
    return (int) (pairs.get(number) >>> Integer.SIZE);
  }

  int second(int number) {
    return pairs.get(number).intValue();
  }

  private int add(long pair) {
    pairs.add(pair);
    return pairs.size() - 1;
  }
}
