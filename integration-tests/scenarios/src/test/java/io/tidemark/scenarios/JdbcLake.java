package io.tidemark.scenarios;

import io.tidemark.fixtures.Fault;
import io.tidemark.fixtures.FlakyPostgresProxy;
import org.apache.iceberg.catalog.Catalog;
import org.apache.iceberg.catalog.TableIdentifier;

/** A JDBC catalog; a commit is an {@code UPDATE} that PostgreSQL runs once. */
record JdbcLake(Catalog catalog, FlakyPostgresProxy proxy) implements Lake {

  @Override
  public void fail(TableIdentifier table, Fault fault) {
    proxy.fail(fault, statement -> isSwap(table, statement));
  }

  @Override
  public long swaps(TableIdentifier table) {
    return proxy.statements().stream().filter(statement -> isSwap(table, statement)).count();
  }

  private static boolean isSwap(TableIdentifier table, String statement) {
    return statement.contains("UPDATE iceberg_tables SET")
        && statement.contains("/" + table.namespace() + "/" + table.name() + "/");
  }

  @Override
  public void deliverDropped() {
    proxy.deliverDropped();
  }

  @Override
  public boolean isSpent() {
    return proxy.isSpent();
  }

  @Override
  public void heal() {
    proxy.heal();
  }

  @Override
  public String toString() {
    return "jdbc";
  }
}
