package io.tidemark.benchmarks.source;

import io.tidemark.benchmarks.source.Column.Kind;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * What a shop's orders go through in one month: a few statuses and channels, some thousand products
 * and customers of which few are busy, sessions that are all different. Neighbouring rows are of
 * any of the month's days.
 */
final class OrderEvents implements RowSource {
  static final List<Column> COLUMNS =
      List.of(
          Column.of("event_id", Kind.LONG),
          Column.of("order_id", Kind.LONG),
          Column.of("customer_id", Kind.INT),
          Column.of("quantity", Kind.INT),
          Column.decimal("unit_price", 10),
          Column.decimal("amount", 12),
          Column.of("status", Kind.TEXT),
          Column.of("channel", Kind.TEXT),
          Column.of("city", Kind.TEXT),
          Column.of("sku", Kind.TEXT),
          Column.of("session", Kind.TEXT),
          Column.of("created_at", Kind.TIMESTAMP),
          Column.of("updated_at", Kind.TIMESTAMP));

  private static final int DAYS = 31;
  private static final long MICROS_PER_DAY = 86_400_000_000L;
  private static final long FIRST_DAY = LocalDate.of(2026, 10, 1).toEpochDay() * MICROS_PER_DAY;
  private static final int CUSTOMERS = 2_000_000;
  private static final int PRODUCTS = 50_000;

  private static final byte[][] STATUSES =
      texts("placed", "paid", "packed", "shipped", "delivered", "cancelled", "returned");
  private static final byte[][] CHANNELS = texts("web", "ios", "android", "store", "partner");
  private static final byte[][] CITIES =
      texts(
          "Seoul",
          "Busan",
          "Incheon",
          "Tokyo",
          "Osaka",
          "Zürich",
          "São Paulo",
          "London",
          "Paris",
          "Berlin",
          "New York",
          "Chicago",
          "Toronto",
          "Sydney",
          "Singapore",
          "Mumbai",
          "서울");

  private static final byte[][] SKUS =
      texts(
          IntStream.range(0, PRODUCTS)
              .mapToObj(i -> "SKU-" + (1_000_000 + i))
              .toArray(String[]::new));

  private final SplittableRandom random;
  private long row;

  OrderEvents(long firstRow, int part) {
    this.row = firstRow;
    this.random = new SplittableRandom(20261122 + part);
  }

  @Override
  public void next(ColumnBatch into) {
    int product = skewed(PRODUCTS);
    long price = 199 + (product * 7_919L) % 50_000;
    int quantity = 1 + skewed(12);
    long created = FIRST_DAY + (long) (random.nextDouble() * DAYS * MICROS_PER_DAY);
    into.set(0, row + 1);
    into.set(1, 1_000_000_000L + row / 3);
    into.set(2, skewed(CUSTOMERS));
    into.set(3, quantity);
    into.set(4, price);
    into.set(5, price * quantity);
    into.set(6, STATUSES[random.nextInt(STATUSES.length)]);
    into.set(7, CHANNELS[skewed(CHANNELS.length)]);
    into.set(8, CITIES[skewed(CITIES.length)]);
    into.set(9, SKUS[product]);
    into.set(10, session());
    into.set(11, created);
    into.set(12, created + (long) (random.nextDouble() * MICROS_PER_DAY));
    row++;
  }

  /** Small numbers are frequent, large ones rare. */
  private int skewed(int bound) {
    double uniform = random.nextDouble();
    return (int) (uniform * uniform * bound);
  }

  private String session() {
    HexFormat hex = HexFormat.of();
    return hex.toHexDigits(random.nextLong()) + hex.toHexDigits(random.nextLong());
  }

  private static byte[][] texts(String... texts) {
    return Arrays.stream(texts)
        .map(text -> text.getBytes(StandardCharsets.UTF_8))
        .toArray(byte[][]::new);
  }
}
