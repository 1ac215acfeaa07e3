package io.tidemark.catalog.manifest;

import io.tidemark.catalog.contract.LatePolicy;
import io.tidemark.catalog.contract.TableContract;
import org.jspecify.annotations.Nullable;

/** Reads one entry of {@code tables:}. */
final class TableSection {

  private TableSection() {}

  static @Nullable TableEntry read(String name, Section section, Sources sources) {
    section.allow(
        "period",
        "window",
        "keys",
        "measures",
        "layout",
        "cells",
        "partition",
        "late",
        "covered-by",
        "open-horizon",
        "allowed-skew",
        "stream",
        "batch");
    Section stream = section.has("stream") ? section.section("stream") : null;
    Section batch = section.has("batch") ? section.section("batch") : null;
    TableContract contract = ContractSection.read(name, section, readLate(section, stream));
    TableEntry.Stream streamEntry = stream == null ? null : StreamSection.read(stream, sources);
    TableEntry.Batch batchEntry =
        batch == null ? null : BatchSection.read(batch, sources, contract);
    return section.build(() -> new TableEntry(name, contract, streamEntry, batchEntry));
  }

  /** Checks a name; that of a load may stand for several. */
  static void checkName(String name, Section section) {
    String one = section.has("load") ? name.replace("{schema}", "s").replace("*", "t") : name;
    TableName.complaint(one)
        .ifPresent(
            complaint ->
                section.complain(
                    "cannot name a table '%s': %s".formatted(TableName.legible(name), complaint)));
  }

  /** The policy may stand at the table or, since it is about a stream's rows, at its stream. */
  private static LatePolicy readLate(Section table, @Nullable Section stream) {
    LatePolicy ofTable = table.read("late", null, LatePolicy::parse);
    if (stream == null) {
      return ofTable == null ? LatePolicy.QUARANTINE : ofTable;
    }
    LatePolicy ofStream = stream.read("late", ofTable, LatePolicy::parse);
    if (ofTable != null && ofStream != null && ofTable != ofStream) {
      stream.complain("late", "late is %s here but %s at the table".formatted(ofStream, ofTable));
    }
    return ofStream == null ? LatePolicy.QUARANTINE : ofStream;
  }
}
