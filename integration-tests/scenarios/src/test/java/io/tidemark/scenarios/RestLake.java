package io.tidemark.scenarios;

import io.tidemark.fixtures.Fault;
import io.tidemark.fixtures.FlakyHttpProxy;
import org.apache.iceberg.catalog.Catalog;
import org.apache.iceberg.catalog.TableIdentifier;

/** A REST catalog; a commit is a {@code POST} to the table. */
record RestLake(Catalog catalog, FlakyHttpProxy proxy) implements Lake {

  @Override
  public void fail(TableIdentifier table, Fault fault) {
    proxy.fail(fault, request -> isSwap(table, request));
  }

  @Override
  public long swaps(TableIdentifier table) {
    return proxy.requests().stream().filter(request -> isSwap(table, request)).count();
  }

  private static boolean isSwap(TableIdentifier table, FlakyHttpProxy.Request request) {
    return request.isPost("/" + table.namespace() + "/tables/" + table.name());
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
    return "rest";
  }
}
