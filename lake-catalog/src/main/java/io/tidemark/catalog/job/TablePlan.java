package io.tidemark.catalog.job;

import io.tidemark.catalog.InvalidRequestException;
import io.tidemark.catalog.Secrets;
import io.tidemark.catalog.contract.Measure;
import io.tidemark.catalog.contract.TableContract;
import io.tidemark.catalog.contract.TableLayout;
import io.tidemark.catalog.internal.Commits;
import io.tidemark.catalog.internal.ContractDiff;
import io.tidemark.catalog.manifest.TableEntry;
import java.util.stream.Collectors;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Table;
import org.apache.iceberg.catalog.Catalog;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.exceptions.NotFoundException;

/**
 * What a job on a table would do to it.
 *
 * @param table the table's name
 * @param finding what was found
 * @param feasible whether a job could run
 */
public record TablePlan(String table, String finding, boolean feasible) {

  /** Compares a unified table with the manifest. */
  public static TablePlan of(Catalog catalog, TableIdentifier identifier, TableEntry entry) {
    if (!catalog.tableExists(identifier)) {
      return new TablePlan(entry.name(), "missing: " + creation(entry.contract()), true);
    }
    try {
      return compare(catalog.loadTable(identifier), entry);
    } catch (InvalidRequestException e) {
      return new TablePlan(entry.name(), "differs: " + e.getMessage(), false);
    } catch (NotFoundException e) {
      String reason = Secrets.redact("" + e.getMessage());
      return new TablePlan(entry.name(), "cannot be read: " + reason, false);
    }
  }

  private static TablePlan compare(Table table, TableEntry entry) {
    TableContract contract = Commits.contract(table);
    TableLayout.check(entry.name(), contract, table.spec(), table.schema());
    ContractDiff diff = ContractDiff.of(contract, entry.contract());
    if (!diff.others().isEmpty()) {
      return new TablePlan(entry.name(), "differs: " + String.join("; ", diff.others()), false);
    }
    return new TablePlan(entry.name(), diff.added().isEmpty() ? "matches" : added(diff), true);
  }

  private static String creation(TableContract contract) {
    Schema schema = TableLayout.schema(contract);
    return "would be created with %s windows of %s from %s, partitioned by %s"
        .formatted(
            contract.window().unit(),
            contract.window().zone(),
            contract.window().origin(),
            TableLayout.spec(contract, schema).fields().stream()
                .map(f -> "%s(%s)".formatted(f.transform(), schema.findColumnName(f.sourceId())))
                .collect(Collectors.joining(", ")));
  }

  private static String added(ContractDiff diff) {
    return diff.added().stream()
        .map(TablePlan::describe)
        .collect(Collectors.joining(", ", "matches but for measures that would be added: ", ""));
  }

  private static String describe(Measure measure) {
    return measure.name() + " " + measure.type();
  }

  /** Shows a line, for people. */
  @Override
  public String toString() {
    return table + "   " + finding;
  }
}
