package io.tidemark.catalog.manifest;

import io.tidemark.catalog.contract.LatePolicy;
import io.tidemark.catalog.contract.TableContract;
import io.tidemark.catalog.ledger.WindowsLedger;
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

  static void checkName(String name, Section section) {
    if (!name.matches("[^.]+(\\.[^.]+)+")) {
      section.complain("cannot name a table '%s': expected <namespace>.<table>".formatted(name));
    }
    if (name.endsWith("__late") || name.endsWith("__dead")) {
      section.complain(
          "cannot name a table '%s': __late and __dead are the side tables'".formatted(name));
    }
    if (name.endsWith("." + WindowsLedger.NAME)) {
      section.complain("cannot name a table '%s': that is the windows ledger".formatted(name));
    }
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
