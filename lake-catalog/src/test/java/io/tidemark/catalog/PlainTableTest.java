package io.tidemark.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidemark.catalog.PlainTable.OnDrift;
import io.tidemark.catalog.commit.Load;
import io.tidemark.catalog.commit.Load.Mode;
import io.tidemark.catalog.commit.LoadResult;
import io.tidemark.catalog.commit.RefusedException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.DataFiles;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Table;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.inmemory.InMemoryCatalog;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.Types;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Commits of loads to tables without a contract. */
class PlainTableTest {

  private static final Schema SCHEMA =
      new Schema(
          Types.NestedField.required(1, "id", Types.IntegerType.get()),
          Types.NestedField.optional(2, "name", Types.StringType.get()));
  private static final TableIdentifier ORDERS = TableIdentifier.of("raw", "orders");

  private final InMemoryCatalog catalog = new InMemoryCatalog();
  private PlainTable table;
  private int files;

  @BeforeEach
  void createTable() {
    catalog.initialize("test", Map.of());
    table = create(SCHEMA, OnDrift.FAIL);
  }

  @Test
  void fullLoadReplacesWhatIsThereAndAnAppendAdds() {
    table.commit(load("run-1", Mode.FULL, 10));
    table.commit(load("run-2", Mode.FULL, 7));
    LoadResult result = table.commit(load("run-3", Mode.APPEND, 5));

    assertThat(result.rows()).isEqualTo(5);
    assertThat(rows()).isEqualTo(7 + 5);
  }

  @Test
  void aRunLandsOnce() {
    LoadResult first = table.commit(load("run-1", Mode.APPEND, 10));
    table.commit(load("run-2", Mode.APPEND, 1));

    LoadResult again = table.commit(load("run-1", Mode.APPEND, 10));

    assertThat(again).isEqualTo(new LoadResult(Mode.APPEND, first.snapshotId(), true, 10, 0));
    assertThat(table.find("run-1")).hasValue(again);
    assertThat(rows()).isEqualTo(10 + 1);
  }

  @Test
  void aRunThatWasRolledBackLandsAgain() {
    table.commit(load("run-1", Mode.FULL, 1));
    long before = table.table().currentSnapshot().snapshotId();
    table.commit(load("run-2", Mode.FULL, 2));
    table.table().refresh();
    table.table().manageSnapshots().rollbackTo(before).commit();

    assertThat(table.commit(load("run-2", Mode.FULL, 2)).alreadyLoaded()).isFalse();
  }

  @Test
  void aTableThatBecameAUnifiedOneIsNotLoaded() {
    table.table().updateProperties().set("tidemark.contract", "{}").commit();

    assertThatThrownBy(() -> table.commit(load("run-1", Mode.FULL, 1)))
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining("it is a unified table now");
  }

  @Test
  void columnsAndTypesAreAddedAndNothingElse() {
    Schema wider =
        new Schema(
            Types.NestedField.optional(1, "name", Types.StringType.get()),
            Types.NestedField.optional(2, "id", Types.LongType.get()),
            Types.NestedField.optional(3, "at", Types.TimestampType.withZone()));

    PlainTable evolved = create(wider, OnDrift.FAIL);

    assertThat(evolved.table().schema().columns().toString())
        .isEqualTo("[1: id: optional long, 2: name: optional string, 3: at: optional timestamptz]");
  }

  @Test
  void columnIsAddedWhateverItsName() {
    PlainTable evolved =
        create(
            new Schema(
                Types.NestedField.optional(1, "id", Types.IntegerType.get()),
                Types.NestedField.optional(2, "name", Types.StringType.get()),
                Types.NestedField.optional(3, "name.of", Types.StringType.get())),
            OnDrift.FAIL);

    assertThat(evolved.table().schema().columns())
        .extracting(Types.NestedField::name)
        .containsExactly("id", "name", "name.of");
  }

  @Test
  void columnThatChangedItsCaseIsNotAddedBesideItself() {
    Schema renamed = nameAnd("ID", Types.IntegerType.get());

    assertThatThrownBy(() -> create(renamed, OnDrift.NULL))
        .isInstanceOf(InvalidRequestException.class)
        .hasMessageContaining("the source's column ID would be added beside id");
    assertThatThrownBy(() -> create(renamed, OnDrift.FAIL))
        .hasMessageContaining("the source lacks column id");
    assertThat(table().schema().columns()).hasSize(2);
  }

  @Test
  void lostColumnsAreRefusedOrLeftNull() {
    Schema fewer = new Schema(Types.NestedField.optional(1, "name", Types.StringType.get()));

    assertThatThrownBy(() -> create(fewer, OnDrift.FAIL))
        .isInstanceOf(InvalidRequestException.class)
        .hasMessageContaining("Cannot load raw.orders: the source lacks column id.");
    assertThat(create(fewer, OnDrift.NULL).table().schema().findField("id").isOptional()).isTrue();
  }

  @Test
  void ignoredDriftLeavesTheTableAsItIs() {
    create(nameAnd("l", Types.ListType.ofOptional(7, Types.IntegerType.get())), OnDrift.NULL);
    String before = table().schema().toString();
    Schema other =
        new Schema(
            Types.NestedField.optional(1, "id", Types.LongType.get()),
            Types.NestedField.optional(2, "at", Types.TimestampType.withZone()),
            Types.NestedField.optional(3, "l", Types.StringType.get()));

    PlainTable same = create(other, OnDrift.IGNORE);

    assertThat(same.table().schema()).hasToString(before);
    assertThat(preview(other, OnDrift.IGNORE))
        .isEqualTo(
            "matches but for columns that would not be loaded: at timestamptz; columns that would be null: name;"
                + " columns whose values would be cast or null: id long, in the table int, l string, in the table list<int>");
  }

  @Test
  void ignoredDriftIsRefusedWhereTheTableLetsNoNullIn() {
    Schema lost = new Schema(Types.NestedField.optional(1, "name", Types.StringType.get()));
    Schema wider = nameAnd("id", Types.LongType.get());
    Schema keyless = nameAnd("id", Types.IntegerType.get());

    assertThatThrownBy(() -> create(lost, OnDrift.IGNORE))
        .isInstanceOf(InvalidRequestException.class)
        .hasMessageContaining("id must not be null in the table, and could be: the source lacks")
        .hasMessageContaining("or load with on-drift: null. Nothing was changed.");
    assertThatThrownBy(() -> preview(wider, OnDrift.IGNORE))
        .isInstanceOf(InvalidRequestException.class)
        .hasMessageContaining("column id is long in the source but int in the table");
    assertThatThrownBy(() -> create(keyless, OnDrift.IGNORE))
        .isInstanceOf(InvalidRequestException.class)
        .hasMessageContaining("column id is no key of the source any more");
  }

  private static Schema nameAnd(String column, Type type) {
    return new Schema(
        Types.NestedField.optional(1, column, type),
        Types.NestedField.optional(2, "name", Types.StringType.get()));
  }

  @Test
  void columnOfTheKeyThatMayBeNullIdentifiesNoMore() {
    TableIdentifier keyed = TableIdentifier.of("raw", "keyed");
    PlainTable before =
        PlainTable.createOrEvolve(
            catalog,
            keyed,
            new Schema(SCHEMA.columns(), Set.of(1)),
            PartitionSpec.unpartitioned(),
            OnDrift.FAIL);
    assertThat(before.table().schema().identifierFieldNames()).containsExactly("id");
    Schema without =
        new Schema(
            Types.NestedField.optional(1, "id", Types.IntegerType.get()),
            Types.NestedField.optional(2, "name", Types.StringType.get()));

    PlainTable after =
        PlainTable.createOrEvolve(
            catalog, keyed, without, PartitionSpec.unpartitioned(), OnDrift.FAIL);

    assertThat(after.table().schema().findField("id").isOptional()).isTrue();
    assertThat(after.table().schema().identifierFieldNames()).isEmpty();
  }

  @Test
  void listOfOtherElementsDoesNotFit() {
    create(list(Types.IntegerType.get()), OnDrift.NULL);

    assertThatThrownBy(() -> create(list(Types.LongType.get()), OnDrift.FAIL))
        .isInstanceOf(InvalidRequestException.class)
        .hasMessageContaining("the source lacks column id")
        .hasMessageContaining("column l is list<long> in the source but list<int> in the table");
  }

  private static Schema list(Type element) {
    return new Schema(Types.NestedField.optional(1, "l", Types.ListType.ofOptional(2, element)));
  }

  @Test
  void anotherPartitioningIsRefused() {
    PartitionSpec spec = PartitionSpec.builderFor(SCHEMA).bucket("id", 4).build();

    assertThatThrownBy(() -> PlainTable.createOrEvolve(catalog, ORDERS, SCHEMA, spec, OnDrift.FAIL))
        .isInstanceOf(InvalidRequestException.class)
        .hasMessageContaining("it is partitioned by [], not by [bucket[4](id)]");
  }

  private String preview(Schema schema, OnDrift onDrift) {
    return PlainTable.preview(catalog, ORDERS, schema, PartitionSpec.unpartitioned(), onDrift);
  }

  private Table table() {
    return catalog.loadTable(ORDERS);
  }

  private PlainTable create(Schema schema, OnDrift onDrift) {
    return PlainTable.createOrEvolve(
        catalog, ORDERS, schema, PartitionSpec.unpartitioned(), onDrift);
  }

  private Load load(String runId, Mode mode, long rows) {
    DataFile file =
        DataFiles.builder(PartitionSpec.unpartitioned())
            .withPath("memory:/orders/%d.parquet".formatted(files++))
            .withFileSizeInBytes(100)
            .withRecordCount(rows)
            .build();
    return new Load(runId, mode, List.of(file), "shop public.orders");
  }

  private long rows() {
    table.table().refresh();
    return Long.parseLong(table.table().currentSnapshot().summary().get("total-records"));
  }
}
