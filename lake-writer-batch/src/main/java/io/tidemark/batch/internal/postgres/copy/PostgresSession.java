package io.tidemark.batch.internal.postgres.copy;

import io.tidemark.batch.internal.postgres.Session;
import io.tidemark.batch.internal.source.RangeChecksum;
import io.tidemark.batch.internal.source.SharedSnapshot;
import io.tidemark.batch.internal.source.SourceQuery;
import io.tidemark.batch.internal.source.SourceRange;
import io.tidemark.batch.internal.source.SourceRows;
import io.tidemark.batch.internal.source.SourceSession;
import io.tidemark.batch.internal.source.SourceTable;
import io.tidemark.catalog.manifest.LoadEntry.Relation;
import io.tidemark.catalog.manifest.Source;
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

  /** Connects. */
  public static PostgresSession open(Source.Postgres source) {
    return new PostgresSession(Session.openForLoad(source));
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
    CopyRange pages = (CopyRange) range;
    boolean provable = mark != null && pages.leaf().identity() != null;
    return CopyRows.open(session, (CopyQuery) query, pages, provable ? mark.text() : null);
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
  public Optional<SharedSnapshot> share() {
    String name = session.export();
    mark = SnapshotMark.of(session).orElse(null);
    return Optional.of(new SharedSnapshot(name, mark == null ? null : mark.text()));
  }

  @Override
  public void join(SharedSnapshot snapshot, List<SourceRange> ranges) {
    session.join(snapshot.name());
    mark = snapshot.mark() == null ? null : SnapshotMark.of(snapshot.mark());
    catalog.hold(ranges.stream().map(range -> ((CopyRange) range).leaf()).distinct().toList());
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
