package io.tidemark.catalog.internal;

import io.tidemark.catalog.InvalidRequestException;
import io.tidemark.catalog.contract.Measure;
import io.tidemark.catalog.contract.TableContract;
import io.tidemark.catalog.contract.TableLayout;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Table;
import org.apache.iceberg.TableProperties;
import org.apache.iceberg.UpdateSchema;
import org.apache.iceberg.catalog.Catalog;
import org.apache.iceberg.catalog.SupportsNamespaces;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.exceptions.AlreadyExistsException;

/** Creates a unified table and its side tables; what exists is left as it is. */
public final class TableCreation {

  private final Catalog catalog;

  public TableCreation(Catalog catalog) {
    this.catalog = catalog;
  }

  /** Creates a main table where there is none. */
  public void main(TableIdentifier identifier, TableContract contract) {
    if (catalog.tableExists(identifier)) {
      return;
    }
    Schema schema = TableLayout.schema(contract);
    PartitionSpec spec = TableLayout.spec(contract, schema);
    TableLayout.check(identifier.toString(), contract, spec, schema);
    createNamespace(identifier);
    try {
      catalog
          .buildTable(identifier, schema)
          .withPartitionSpec(spec)
          .withSortOrder(TableLayout.sortOrder(contract, schema))
          .withProperties(properties(contract, schema))
          .create();
    } catch (AlreadyExistsException e) {
      // Another run created it first; what it created is verified by the caller.
      return;
    }
  }

  /** Creates a table without a contract where there is none. */
  public void plain(TableIdentifier identifier, Schema schema, PartitionSpec spec) {
    if (catalog.tableExists(identifier)) {
      return;
    }
    createNamespace(identifier);
    try {
      catalog
          .buildTable(identifier, schema)
          .withPartitionSpec(spec)
          .withProperties(defaults())
          .create();
    } catch (AlreadyExistsException e) {
      // Another run created it first; what it created is verified by the caller.
      return;
    }
  }

  /** Creates the side tables where there are none. */
  public void sides(TableIdentifier late, TableIdentifier deadLetters, TableContract contract) {
    side(late, SideSchemas.late(contract));
    side(deadLetters, SideSchemas.deadLetters());
  }

  /** Adds the measures to the quarantine that the main table has been given. */
  public void evolveLate(Table late, TableContract contract) {
    List<Measure> missing =
        contract.measures().stream()
            .filter(m -> late.schema().findField(m.name()) == null)
            .toList();
    if (!missing.isEmpty()) {
      UpdateSchema update = late.updateSchema();
      missing.forEach(m -> update.addColumn(m.name(), m.type()));
      update.commit();
    }
  }

  private void side(TableIdentifier identifier, Schema schema) {
    if (catalog.tableExists(identifier)) {
      return;
    }
    try {
      catalog.buildTable(identifier, schema).withProperties(defaults()).create();
    } catch (AlreadyExistsException e) {
      // Another run created the same table first.
      return;
    }
  }

  /** Creates the namespace of a table where there is none. */
  public void createNamespace(TableIdentifier identifier) {
    if (catalog instanceof SupportsNamespaces namespaces
        && !namespaces.namespaceExists(identifier.namespace())) {
      try {
        namespaces.createNamespace(identifier.namespace());
      } catch (AlreadyExistsException e) {
        // Another run created the same namespace first.
        return;
      }
    }
  }

  private static Map<String, String> properties(TableContract contract, Schema schema) {
    Map<String, String> properties = defaults();
    properties.put(Keys.FORMAT, Base.FORMAT_VERSION);
    properties.put(Keys.CONTRACT, ContractJson.encode(contract, schema));
    String metrics = TableProperties.METRICS_MODE_COLUMN_CONF_PREFIX;
    properties.put(metrics + contract.period().column(), "full");
    properties.put(metrics + TableContract.IS_FINAL, "full");
    if (contract.businessDate() != null) {
      properties.put(metrics + contract.businessDate(), "full");
    }
    return properties;
  }

  private static Map<String, String> defaults() {
    Map<String, String> properties = new HashMap<>();
    properties.put(TableProperties.FORMAT_VERSION, "2");
    properties.put(TableProperties.PARQUET_COMPRESSION, "zstd");
    properties.put(TableProperties.METADATA_DELETE_AFTER_COMMIT_ENABLED, "true");
    return properties;
  }

  /** Spells out how a table's contract differs from the one asked for. */
  static InvalidRequestException differs(String name, String difference) {
    return new InvalidRequestException(
        "Cannot open %s under this contract: the table has another one. %s. Nothing was changed."
            .formatted(name, difference));
  }
}
