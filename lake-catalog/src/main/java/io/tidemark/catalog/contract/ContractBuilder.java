package io.tidemark.catalog.contract;

import io.tidemark.catalog.InvalidRequestException;
import io.tidemark.catalog.window.WindowSpec;
import io.tidemark.catalog.window.WindowUnit;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.Types;
import org.jspecify.annotations.Nullable;

/** Collects the parts of a {@link TableContract}; the defaults are listed there. */
public final class ContractBuilder {

  private final List<Key> keys = new ArrayList<>();
  private final List<Measure> measures = new ArrayList<>();
  private @Nullable Period period;
  private @Nullable WindowSpec window;
  private OpenLayout layout = OpenLayout.CELLS;
  private int buckets = 1;
  private @Nullable String bucketKey;
  private LatePolicy late = LatePolicy.QUARANTINE;
  private @Nullable String coveredBy;
  private PartitionBy partitionBy = PartitionBy.DEFAULT;
  private @Nullable Duration openHorizon;
  private Duration allowedSkew = Duration.ofDays(1);

  private enum PartitionBy {
    DEFAULT,
    BUSINESS_DATE,
    PERIOD
  }

  ContractBuilder() {}

  /** Names the period column, a {@code timestamptz}, and the grain. */
  public ContractBuilder period(String column, Grain grain) {
    return period(column, grain, Types.TimestampType.withZone());
  }

  /** Names the period column, its grain and its timestamp type. */
  public ContractBuilder period(String column, Grain grain, Types.TimestampType type) {
    this.period = new Period(column, grain, type);
    return this;
  }

  /** Cuts the time line into windows from the start of a local date on. */
  public ContractBuilder window(WindowUnit unit, ZoneId zone, LocalDate origin) {
    return window(WindowSpec.of(unit, zone, origin));
  }

  /** Cuts the time line into windows. */
  public ContractBuilder window(WindowSpec spec) {
    this.window = spec;
    return this;
  }

  /** Adds a key column. */
  public ContractBuilder key(String name, Type.PrimitiveType type) {
    keys.add(new Key(name, type));
    return this;
  }

  /** Adds a measure. */
  public ContractBuilder measure(String name, Type.PrimitiveType type, Merge merge) {
    measures.add(new Measure(name, type, merge));
    return this;
  }

  /** Sets how open windows are laid out. */
  public ContractBuilder layout(OpenLayout openLayout) {
    this.layout = openLayout;
    return this;
  }

  /** Cuts every partition into cells by a hash of one key. */
  public ContractBuilder cells(int count, String key) {
    this.buckets = count;
    this.bucketKey = key;
    return this;
  }

  /** Sets what becomes of late rows. */
  public ContractBuilder late(LatePolicy policy) {
    this.late = policy;
    return this;
  }

  /**
   * Names the source column by which late rows are compared with the cut of a seal: those before it
   * are covered, and only counted.
   */
  public ContractBuilder coveredBy(String column) {
    this.coveredBy = column;
    return this;
  }

  /** Partitions by a business date that the library fills in. */
  public ContractBuilder partitionByBusinessDate() {
    this.partitionBy = PartitionBy.BUSINESS_DATE;
    return this;
  }

  /** Partitions by a transform of the period: its hour for hour windows, else its day. */
  public ContractBuilder partitionByPeriod() {
    this.partitionBy = PartitionBy.PERIOD;
    return this;
  }

  /** Freezes open windows that lie further behind the watermark than this. */
  public ContractBuilder openHorizon(Duration horizon) {
    this.openHorizon = horizon;
    return this;
  }

  /** Quarantines rows whose period lies further ahead of the wall clock than this. */
  public ContractBuilder allowedSkew(Duration skew) {
    this.allowedSkew = skew;
    return this;
  }

  /**
   * Returns the contract.
   *
   * @throws InvalidRequestException if a part is missing or breaks a rule
   */
  public TableContract build() {
    if (period == null || window == null || keys.isEmpty()) {
      throw new InvalidRequestException(
          "Cannot form a contract: it needs a period, a window and at least one key");
    }
    return new TableContract(
        period,
        window,
        keys,
        measures,
        layout,
        buckets,
        bucketKey == null ? keys.get(0).name() : bucketKey,
        late,
        coverage(period),
        usesBusinessDate(window) ? TableContract.BUSINESS_DATE : null,
        openHorizon,
        allowedSkew);
  }

  private @Nullable CoveredBy coverage(Period of) {
    if (coveredBy == null) {
      return null;
    }
    Map<String, Type.PrimitiveType> types = new HashMap<>();
    types.put(of.column(), of.type());
    keys.forEach(key -> types.put(key.name(), key.type()));
    measures.forEach(measure -> types.put(measure.name(), measure.type()));
    if (!types.containsKey(coveredBy)) {
      throw new InvalidRequestException(
          "Cannot form a contract: covered-by %s is not one of its columns".formatted(coveredBy));
    }
    return new CoveredBy(coveredBy, types.get(coveredBy));
  }

  private boolean usesBusinessDate(WindowSpec spec) {
    return switch (partitionBy) {
      case BUSINESS_DATE -> true;
      case PERIOD -> false;
      case DEFAULT -> spec.unit() != WindowUnit.HOUR && !spec.inUtc();
    };
  }
}
