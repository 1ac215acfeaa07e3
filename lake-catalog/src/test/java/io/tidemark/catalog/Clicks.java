package io.tidemark.catalog;

import io.tidemark.catalog.contract.ContractBuilder;
import io.tidemark.catalog.contract.Grain;
import io.tidemark.catalog.contract.Merge;
import io.tidemark.catalog.contract.TableContract;
import io.tidemark.catalog.window.WindowUnit;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Map;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.inmemory.InMemoryCatalog;
import org.apache.iceberg.types.Types;

/** Clicks per hour and campaign, in days of Seoul: a table where any will do. */
final class Clicks {

  static final TableIdentifier ID = TableIdentifier.of("ads", "clicks");

  private Clicks() {}

  /** Returns the contract, from 2026-11-20 on, for tests that add to it. */
  static ContractBuilder contract() {
    return TableContract.builder()
        .period("hour", Grain.HOUR)
        .window(WindowUnit.DAY, ZoneId.of("Asia/Seoul"), LocalDate.of(2026, 11, 20))
        .key("campaign_id", Types.LongType.get())
        .measure("clicks", Types.LongType.get(), new Merge.Sum());
  }

  /** Returns an empty catalog in memory. */
  static InMemoryCatalog catalog() {
    InMemoryCatalog catalog = new InMemoryCatalog();
    catalog.initialize("test", Map.of());
    return catalog;
  }
}
