package io.tidemark.catalog.manifest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidemark.catalog.InvalidRequestException;
import io.tidemark.catalog.PlainTable.OnDrift;
import io.tidemark.catalog.manifest.ColumnRule.Origin.Column;
import io.tidemark.catalog.manifest.ColumnRule.Origin.Constant;
import io.tidemark.catalog.manifest.ColumnRule.Origin.Expression;
import io.tidemark.catalog.manifest.LoadEntry.OnUnmappable;
import io.tidemark.catalog.manifest.LoadEntry.Parity;
import io.tidemark.catalog.manifest.LoadEntry.Relation;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The loads of a manifest. */
class LoadEntryTest {

  @TempDir Path dir;

  @Test
  void whatIsNotSaidHasADefault() {
    LoadEntry entry = read("load: { from: { source: shop, table: public.orders } }");

    assertThat(entry.name()).isEqualTo("raw.orders");
    assertThat(entry.relation()).isEqualTo(new Relation("public", "orders"));
    assertThat(entry.source().name()).isEqualTo("shop");
    assertThat(entry.mode()).isEqualTo(new LoadMode.Full());
    assertThat(entry.partition()).isEmpty();
    assertThat(entry.where()).isNull();
    assertThat(entry.onDrift()).isEqualTo(OnDrift.FAIL);
    assertThat(entry.onUnmappable()).isEqualTo(OnUnmappable.FAIL);
    assertThat(entry.parity()).isEqualTo(Parity.ROWS);
  }

  @Test
  void namesOfTheSourceAreTakenAsTheyAre() {
    Source.Database shop = new Source.Postgres("shop", "jdbc:postgresql://h/shop", "u", "", 1);
    LoadEntry all = LoadEntry.of("{schema}_raw.*", shop, new Relation("*", "*")).build();

    assertThat(all.of(new Relation("a*b", "{schema}")).name()).isEqualTo("a*b_raw.{schema}");
  }

  @Test
  void everyOptionIsRead() {
    LoadEntry entry =
        read(
            """
            load:
                  from: { source: shop, table: "Sales.order.items" }
                  mode: full
                  partition: [ region, day(created_at), "bucket(16, id)", "truncate(4, code)" ]
                  where: deleted_at IS NULL
                  include: [ id, region, code, created_at ]
                  exclude: notes
                  columns:
                    id: { type: "decimal(20,0)" }
                    mail: { from: e_mail, mask: hash, key: "${env:KEY}" }
                    post_code: { mask: truncate, keep: 3 }
                    phone: { mask: redact }
                    notes: { mask: "null" }
                    full_name: { expression: "first || last", type: string }
                    shop: { constant: kr, type: string }
                  on-drift: "null"
                  on-unmappable: "null"
                  parity: checksums
            """);

    assertThat(entry.relation()).isEqualTo(new Relation("Sales", "order.items"));
    assertThat(entry.partition())
        .containsExactly(
            new PartitionBy("identity", "region", 0),
            new PartitionBy("day", "created_at", 0),
            new PartitionBy("bucket", "id", 16),
            new PartitionBy("truncate", "code", 4));
    assertThat(entry.where()).isEqualTo("deleted_at IS NULL");
    assertThat(entry.include()).containsExactly("id", "region", "code", "created_at");
    assertThat(entry.exclude()).containsExactly("notes");
    assertThat(entry.columns())
        .containsExactly(
            new ColumnRule("id", new Column("id"), "decimal(20, 0)", null),
            new ColumnRule("mail", new Column("e_mail"), null, new Mask.Hash("${env:KEY}")),
            new ColumnRule("post_code", new Column("post_code"), null, new Mask.Truncate(3)),
            new ColumnRule("phone", new Column("phone"), null, new Mask.Redact()),
            new ColumnRule("notes", new Column("notes"), null, new Mask.Null()),
            new ColumnRule("full_name", new Expression("first || last"), "string", null),
            new ColumnRule("shop", new Constant("kr"), "string", null));
    assertThat(List.of(entry.onDrift(), entry.onUnmappable()))
        .containsExactly(OnDrift.NULL, OnUnmappable.NULL);
    assertThat(entry.parity()).isEqualTo(Parity.CHECKSUMS);
  }

  @ParameterizedTest
  @MethodSource
  void modesHaveACursor(String text, LoadMode mode) {
    LoadEntry entry =
        read("load: { from: { source: shop, table: public.orders }, %s }".formatted(text));

    assertThat(entry.mode()).isEqualTo(mode);
  }

  static Stream<Arguments> modesHaveACursor() {
    Cursor.Column time =
        new Cursor.Column("created_at", new Cursor.Lag.Time(Duration.ofMinutes(10)));
    Cursor.Column number = new Cursor.Column("id", new Cursor.Lag.Number(1_000));
    return Stream.of(
        Arguments.of(
            "mode: append, cursor: { column: created_at, lag: 10m }", new LoadMode.Append(time)),
        Arguments.of(
            "mode: append, cursor: { column: id, lag: 1000 }", new LoadMode.Append(number)),
        Arguments.of(
            "mode: upsert, cursor: { column: created_at, lag: 10m }, key: [ id, region ]",
            new LoadMode.Upsert(time, List.of("id", "region"))),
        Arguments.of(
            "mode: upsert, cursor: transaction",
            new LoadMode.Upsert(new Cursor.Transaction(), List.of())));
  }

  @Test
  void wildcardsStandForTheTablesTheyMatch() {
    LoadEntry entry =
        read(
            "raw_{schema}.*",
            "load: { from: { source: shop, table: \"sales.order*\", except: \"*.*_tmp\" } }");

    assertThat(entry.isWildcard()).isTrue();
    assertThat(entry.standsFor(new Relation("sales", "orders"))).isTrue();
    assertThat(entry.standsFor(new Relation("sales", "orders_tmp"))).isFalse();
    assertThat(entry.standsFor(new Relation("sales", "reorder"))).isFalse();
    assertThat(entry.standsFor(new Relation("sale", "orders"))).isFalse();
    LoadEntry orders = entry.of(new Relation("sales", "orders"));
    assertThat(orders.name()).isEqualTo("raw_sales.orders");
    assertThat(orders.isWildcard()).isFalse();
  }

  @Test
  void wildcardsNeedNames() {
    assertThatThrownBy(() -> read("load: { from: { source: shop, table: public.* } }"))
        .hasMessageContaining("public.* stands for several tables: name them with an asterisk");
    assertThatThrownBy(() -> read("raw.*", "load: { from: { source: shop, table: public.a } }"))
        .hasMessageContaining("raw.* names several tables, but public.a is one");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          table: orders }                                  | expected <schema>.<table>, as in public.orders
          table: public.orders }, mode: replace            | unknown mode 'replace': expected full, append or upsert
          table: public.orders }, cursor: transaction      | mode full takes no cursor
          table: public.orders }, mode: append             | lacks the section 'cursor'
          table: public.orders }, mode: append, cursor: id | expected transaction, or { column: id, lag: 10m }
          table: public.orders }, mode: append, cursor: transaction  | the cursor of mode append is a column
          table: public.orders }, mode: append, cursor: { column: at }  | cursor lacks the key 'lag'
          table: public.orders }, mode: upsert, cursor: { column: at, lag: 1x }  | cannot read '1x' as a duration
          table: public.orders }, mode: append, key: id, cursor: { column: at, lag: 1m }  | mode append takes no key
          table: public.orders }, partition: days(at)      | unknown transform 'days': expected a column, year, month
          table: public.orders }, partition: bucket(id)    | expected day(column), or bucket(16, column)
          table: public.orders }, partition: "day(2, at)"  | expected day(column), or bucket(16, column)
          table: public.orders }, on-drift: maybe          | expected fail, ignore or null: maybe
          table: public.orders }, on-unmappable: ignore   | expected fail or null: ignore
          table: public.orders }, on-drift: IGNORE         | expected fail, ignore or null: IGNORE
          table: public.orders }, columns: { a: { type: varchar } } | unknown type 'varchar'
          table: public.orders }, partitions: at           | unknown key 'partitions'
          table: public.orders }, columns: { a: { mask: sha } }  | unknown mask 'sha': expected hash
          table: public.orders }, columns: { a: { mask: hash, key: k } } | a key is a secret: expected a reference
          table: public.orders }, columns: { a: { mask: hash, key: "k${env:K}" } } | a key is a secret: expected a reference
          table: public.orders }, columns: { a: { mask: redact, keep: 2 } } | 'keep' in column a is of mask truncate only
          table: public.orders }, columns: { a: { expression: b } } | column a is no column of the source and needs a type
          table: public.orders }, columns: { a: { from: b, constant: c } } | column a has [from, constant]: expected one of them
          query: SELECT 1 }                                | unknown key 'query' in from: expected source, table
          """)
  void whatIsWrongIsTold(String rest, String complaint) {
    String load = "load: { from: { source: shop, %s }".formatted(rest);

    assertThatThrownBy(() -> read(load))
        .isInstanceOf(InvalidRequestException.class)
        .hasMessageContaining("lake.yaml:5: ")
        .hasMessageContaining(complaint);
  }

  private LoadEntry read(String table) {
    return read("raw.orders", table);
  }

  private LoadEntry read(String name, String table) {
    String yaml =
        """
        catalog: { type: jdbc, uri: "jdbc:sqlite:/tmp/lake.db", warehouse: /tmp/lake }
        sources:
          shop: { type: postgresql, url: "jdbc:postgresql://localhost/shop", user: u, password: "${env:P}" }
        tables:
          "%s": { %s }
        """
            .formatted(name, table.strip());
    if (table.contains("\n")) {
      yaml = yaml.replace("\"raw.orders\": { ", "raw.orders:\n    ").replaceAll("\\s+}\\s*$", "\n");
    }
    try {
      return Manifest.load(Files.writeString(dir.resolve("lake.yaml"), yaml)).load(name);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
