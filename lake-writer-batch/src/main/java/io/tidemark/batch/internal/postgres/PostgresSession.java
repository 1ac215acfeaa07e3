package io.tidemark.batch.internal.postgres;

import static io.tidemark.batch.internal.postgres.Identifiers.quoted;

import io.tidemark.batch.internal.source.EdgeQuery;
import io.tidemark.batch.internal.source.RangeChecksum;
import io.tidemark.batch.internal.source.SharedSnapshot;
import io.tidemark.batch.internal.source.SourceColumn;
import io.tidemark.batch.internal.source.SourceQuery;
import io.tidemark.batch.internal.source.SourceRange;
import io.tidemark.batch.internal.source.SourceRows;
import io.tidemark.batch.internal.source.SourceSession;
import io.tidemark.batch.internal.source.SourceTable;
import io.tidemark.batch.internal.source.TransactionMark;
import io.tidemark.catalog.UnavailableException;
import io.tidemark.catalog.manifest.LoadEntry.Relation;
import io.tidemark.catalog.manifest.Source;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A session that reads tables of PostgreSQL by binary {@code COPY}, page by page. */
public final class PostgresSession implements SourceSession {

  private final Session session;
  private final PostgresCatalog catalog;
  private @Nullable SnapshotMark mark;

  private PostgresSession(Session session) {
    this.session = session;
    this.catalog = new PostgresCatalog(session);
  }

  /**
   * Connects to read whole tables.
   *
   * @throws io.tidemark.catalog.InvalidRequestException if the server is too old, or refuses the
   *     credentials
   */
  public static PostgresSession open(Source.Postgres source) {
    return of(source, Session.openForLoad(source));
  }

  /**
   * Connects to read what a query brings.
   *
   * @param zone the session's zone, which the query's functions of dates and times use
   * @throws io.tidemark.catalog.InvalidRequestException if the server is too old, or refuses the
   *     credentials
   */
  public static PostgresSession open(Source.Postgres source, ZoneId zone) {
    return of(source, Session.open(source, zone));
  }

  private static PostgresSession of(Source.Postgres source, Session session) {
    try {
      ServerVersion.of(session).check(source);
      return new PostgresSession(session);
    } catch (RuntimeException e) {
      session.close();
      throw e;
    }
  }

  @Override
  public List<Relation> tables() {
    return catalog.tables();
  }

  @Override
  public PostgresTable describe(Relation relation) {
    return catalog.describe(relation.schema(), relation.table());
  }

  @Override
  public PostgresTable hold(Relation relation) {
    PostgresTable table = describe(relation);
    catalog.hold(table);
    return table;
  }

  /** One leaf stands for all: the role may read each of them, or they are read as one table. */
  @Override
  public void check(SourceTable table, SourceQuery query) {
    CopyRanges.of((PostgresTable) table, Long.MAX_VALUE, 1).stream()
        .findFirst()
        .ifPresent(range -> CopyCheck.run(session, (CopyQuery) query, range));
  }

  @Override
  public List<SourceRange> cut(
      SourceTable table, List<SourceRange> beside, long targetBytes, int readers) {
    List<CopyRange> there = beside.stream().map(CopyRange.class::cast).toList();
    return List.copyOf(CopyRanges.of((PostgresTable) table, there, targetBytes, readers));
  }

  /** Where the snapshot stands is proof enough later: see {@link SnapshotMark}. */
  @Override
  public SourceRows read(SourceQuery query, SourceRange range) {
    boolean provable =
        mark != null && range instanceof CopyRange pages && pages.leaf().identity() != null;
    return CopyRows.open(session, (CopyQuery) query, (Copied) range, provable ? mark.text() : null);
  }

  @Override
  public long count(SourceQuery query, SourceRange range) {
    return ChecksumQuery.count(session, (CopyQuery) query, (CopyRange) range);
  }

  @Override
  public RangeChecksum checksum(SourceQuery query, SourceRange range, Set<String> counted) {
    return ChecksumQuery.run(session, (CopyQuery) query, (CopyRange) range, counted);
  }

  @Override
  public boolean isUnchanged(SourceQuery query, SourceRange range, long rows, String proof) {
    return mark != null
        && mark.isUnchanged(session, SnapshotMark.of(proof), (CopyRange) range, rows);
  }

  @Override
  public PostgresTable describe(EdgeQuery query) {
    return new QueryCatalog(session).describe(sql(query));
  }

  @Override
  public List<SourceRange> slices(
      EdgeQuery query, SourceTable table, SourceColumn by, List<Instant> edges, int parts) {
    PostgresColumn column = (PostgresColumn) by;
    String sql = sql(query);
    if (parts == 1 || !SliceEdges.canSplitBy(column.type())) {
      return QuerySlice.whole(sql);
    }
    List<String> texts =
        edges.isEmpty()
            ? SliceEdges.ofSample(session, sql, column, parts)
            : edges.stream().map(edge -> text(edge, query.zoned())).toList();
    return QuerySlice.cut(
        sql,
        quoted(by.name()),
        texts.stream().map(text -> literal(text, column.type().sql())).toList());
  }

  private static String sql(EdgeQuery query) {
    String type = query.zoned() ? "timestamptz" : "timestamp";
    return query.sql(edge -> literal(text(edge, query.zoned()), type));
  }

  private static String text(Instant edge, boolean zoned) {
    return zoned ? edge.toString() : LocalDateTime.ofInstant(edge, ZoneOffset.UTC).toString();
  }

  private static String literal(String text, String type) {
    return "CAST('%s' AS %s)".formatted(text.replace("'", "''"), type);
  }

  @Override
  public Optional<SharedSnapshot> share() {
    String name = session.export();
    mark = SnapshotMark.of(session).orElse(null);
    return Optional.of(new SharedSnapshot(name, mark == null ? null : mark.text()));
  }

  @Override
  public void join(SharedSnapshot snapshot, List<SourceRange> ranges) {
    session.join(snapshot.name());
    mark = snapshot.mark() == null ? null : SnapshotMark.of(snapshot.mark());
    catalog.hold(
        ranges.stream()
            .filter(CopyRange.class::isInstance)
            .map(range -> ((CopyRange) range).leaf())
            .distinct()
            .toList());
  }

  /** Whatever a query has read is locked since. */
  @Override
  public void checkRead() {
    catalog.hold(List.of());
  }

  @Override
  public Instant now(SourceTable table) {
    return catalog.now();
  }

  @Override
  public <T> Optional<T> newest(
      SourceTable table, SourceColumn column, String filter, Class<T> type) {
    return catalog.newest((PostgresTable) table, column.name(), filter, type);
  }

  /**
   * Only rows of tables say who wrote them: not those of views, nor those read through a parent.
   */
  @Override
  public Optional<TransactionMark> transactions(SourceTable table) {
    return ((PostgresTable) table).leaves().stream().allMatch(leaf -> leaf.identity() != null)
        ? SnapshotMark.of(session).map(SnapshotMark::transactions)
        : Optional.empty();
  }

  @Override
  public Optional<String> writtenSince(SourceTable table, String before) {
    SnapshotMark earlier = SnapshotMark.of(before);
    Optional<SnapshotMark> now = SnapshotMark.of(session);
    if (now.isPresent() && now.get().isBehind(earlier)) {
      throw new UnavailableException(
          "Cannot tell what changed in %s since the load before: on this standby transactions of then are still open, or it lags behind. Start again later"
              .formatted(table));
    }
    return now.filter(mark -> mark.follows(earlier)).map(mark -> earlier.writtenSince());
  }

  /** Behind one address there may be several servers, some of which lag. */
  @Override
  public boolean sees(String mark) {
    SnapshotMark planned = SnapshotMark.of(mark);
    return SnapshotMark.of(session).filter(now -> now.sees(planned)).isPresent();
  }

  @Override
  public void cancel() {
    session.cancel();
  }

  @Override
  public void close() {
    session.close();
  }
}
