package io.tidemark.batch.internal.jdbc;

import io.tidemark.batch.internal.source.SelectedColumn;
import io.tidemark.batch.internal.source.SourceQuery;
import io.tidemark.catalog.manifest.LoadEntry.OnUnmappable;
import io.tidemark.catalog.manifest.LoadEntry.Relation;
import io.tidemark.catalog.manifest.Source;
import io.tidemark.fixtures.EmbeddedMariaDbServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A database of the MariaDB server that all tests of this virtual machine share. */
final class MariaDbDatabase {

  private final EmbeddedMariaDbServer server = EmbeddedMariaDbServer.shared();
  private final String name;
  private final Path password;

  MariaDbDatabase(String name, Path directory) {
    this.name = name;
    this.password = directory.resolve("password");
    server.createDatabase(name);
    try {
      Files.writeString(password, EmbeddedMariaDbServer.PASSWORD);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  EmbeddedMariaDbServer server() {
    return server;
  }

  void execute(String sql) {
    server.execute(name, sql);
  }

  Relation table(String table) {
    return new Relation(name, table);
  }

  Source.MariaDb source() {
    return new Source.MariaDb("shop", url(), EmbeddedMariaDbServer.USER, password(), 2);
  }

  Source.Jdbc jdbcSource() {
    return new Source.Jdbc("shop", url(), EmbeddedMariaDbServer.USER, password(), 2);
  }

  JdbcSession open() {
    return JdbcSession.open(source());
  }

  String url() {
    return server.jdbcUrl(name);
  }

  private String password() {
    return "${file:" + password + "}";
  }

  /** Returns a query of all columns of a table. */
  static SourceQuery query(JdbcTable table, OnUnmappable onUnmappable) {
    List<SelectedColumn> columns =
        table.columns().stream().map(column -> table.select(column, table.isKey(column))).toList();
    return table.query(columns, "", onUnmappable);
  }
}
