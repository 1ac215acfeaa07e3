package io.tidemark.catalog.manifest;

import io.tidemark.catalog.contract.ContractBuilder;
import io.tidemark.catalog.contract.Grain;
import io.tidemark.catalog.contract.Key;
import io.tidemark.catalog.contract.LatePolicy;
import io.tidemark.catalog.contract.Measure;
import io.tidemark.catalog.contract.Merge;
import io.tidemark.catalog.contract.OpenLayout;
import io.tidemark.catalog.contract.TableContract;
import io.tidemark.catalog.contract.TableLayout;
import io.tidemark.catalog.window.WindowSpec;
import io.tidemark.catalog.window.WindowUnit;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.zone.ZoneRulesException;
import java.util.List;
import org.apache.iceberg.Schema;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.Types;
import org.jspecify.annotations.Nullable;

/** Reads the contract out of one entry of {@code tables:}. */
final class ContractSection {

  private static final List<String> MERGES = List.of("sum", "min", "max", "last");

  private final String table;
  private final Section section;
  private final ContractBuilder contract = TableContract.builder();

  private ContractSection(String table, Section section) {
    this.table = table;
    this.section = section;
  }

  /**
   * Returns the contract, or null where it has complaints.
   *
   * @param late what becomes of late rows
   */
  static @Nullable TableContract read(String table, Section section, LatePolicy late) {
    ContractSection reader = new ContractSection(table, section);
    reader.contract.late(late);
    reader.readPeriod();
    reader.readWindow();
    reader.readKeys();
    reader.readMeasures();
    reader.readLayout();
    reader.readLimits();
    return section.build(reader::checked);
  }

  private TableContract checked() {
    TableContract built = contract.build();
    Schema schema = TableLayout.schema(built);
    TableLayout.check(table, built, TableLayout.spec(built, schema), schema);
    return built;
  }

  private void readPeriod() {
    Section period = section.section("period");
    if (period == null) {
      return;
    }
    period.allow("column", "grain", "type");
    String column = period.text("column");
    Grain grain = period.read("grain", Grain::parse);
    Types.TimestampType type =
        period.read("type", Types.TimestampType.withZone(), ColumnType::parseTimestamp);
    period.build(() -> contract.period(column, grain, type));
  }

  private void readWindow() {
    Section window = section.section("window");
    if (window == null) {
      return;
    }
    window.allow("unit", "zone", "origin");
    WindowUnit unit = window.read("unit", WindowUnit::parse);
    ZoneId zone = window.read("zone", ContractSection::parseZone);
    LocalDate origin = window.read("origin", ContractSection::parseDate);
    window.build(() -> contract.window(WindowSpec.of(unit, zone, origin)));
  }

  private void readKeys() {
    Section keys = section.section("keys");
    if (keys == null) {
      return;
    }
    for (String name : keys.keys()) {
      Key key = keys.read(name, text -> new Key(name, ColumnType.parse(text)));
      if (key != null) {
        contract.key(key.name(), key.type());
      }
    }
  }

  private void readMeasures() {
    Section measures = section.section("measures");
    if (measures != null) {
      measures.keys().forEach(name -> readMeasure(name, measures.section(name, "measure " + name)));
    }
  }

  private void readMeasure(String name, Section measure) {
    measure.allow("type", "merge", "by");
    Type.PrimitiveType type = measure.read("type", ColumnType::parse);
    Merge merge = readMerge(measure);
    Measure read = measure.build(() -> new Measure(name, type, merge));
    if (read != null) {
      contract.measure(name, type, merge);
    }
  }

  private static @Nullable Merge readMerge(Section measure) {
    String merge = measure.read("merge", ContractSection::parseMerge);
    if (merge == null) {
      return null;
    }
    if (merge.equals("last")) {
      String by = measure.text("by");
      return by == null ? null : new Merge.Last(by);
    }
    if (measure.has("by")) {
      measure.complain("by", "'by' in %s orders merge last only".formatted(measure.name()));
    }
    return switch (merge) {
      case "sum" -> new Merge.Sum();
      case "min" -> new Merge.Min();
      default -> new Merge.Max();
    };
  }

  private void readLayout() {
    if (section.has("layout")) {
      section.read("layout", text -> contract.layout(OpenLayout.parse(text)));
    }
    if (section.has("partition")) {
      section.read("partition", this::partition);
    }
    if (section.has("cells")) {
      Section cells = section.section("cells", "cells");
      cells.allow("buckets", "key");
      Integer buckets = cells.read("buckets", ContractSection::parseCount);
      String key = cells.text("key");
      cells.build(() -> contract.cells(buckets, key));
    }
  }

  private ContractBuilder partition(String by) {
    return switch (by) {
      case "business-date" -> contract.partitionByBusinessDate();
      case "period" -> contract.partitionByPeriod();
      default ->
          throw new IllegalArgumentException(
              "unknown partition '%s': expected business-date or period".formatted(by));
    };
  }

  private void readLimits() {
    if (section.has("open-horizon")) {
      section.read("open-horizon", text -> contract.openHorizon(ManifestDuration.parse(text)));
    }
    if (section.has("covered-by")) {
      contract.coveredBy(section.text("covered-by"));
    }
    if (section.has("allowed-skew")) {
      section.read("allowed-skew", text -> contract.allowedSkew(ManifestDuration.parse(text)));
    }
  }

  private static String parseMerge(String merge) {
    if (!MERGES.contains(merge)) {
      throw new IllegalArgumentException(
          "unknown merge '%s': expected %s%s"
              .formatted(merge, String.join(", ", MERGES), Suggestion.of(merge, MERGES)));
    }
    return merge;
  }

  private static int parseCount(String text) {
    if (!text.matches("[1-9]\\d{0,4}")) {
      throw new IllegalArgumentException("expected a number from 1 to 99999: " + text);
    }
    return Integer.parseInt(text);
  }

  private static ZoneId parseZone(String text) {
    try {
      return ZoneId.of(text);
    } catch (ZoneRulesException e) {
      throw new IllegalArgumentException(
          "unknown zone '%s'%s".formatted(text, Suggestion.of(text, ZoneId.getAvailableZoneIds())),
          e);
    }
  }

  private static LocalDate parseDate(String text) {
    return LocalDate.parse(text);
  }
}
