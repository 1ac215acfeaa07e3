package io.tidemark.catalog.internal;

import org.apache.iceberg.LocationProviders;
import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.TableOperations;
import org.apache.iceberg.encryption.EncryptionManager;
import org.apache.iceberg.io.FileIO;
import org.apache.iceberg.io.LocationProvider;
import org.jspecify.annotations.Nullable;

/**
 * Table operations pinned to the base that a commit was planned on: they never refresh, so that
 * Iceberg cannot re-apply a plan to a base it was not checked against, and they report a failed
 * swap in an exception that Iceberg neither retries nor cleans up after.
 */
final class PinnedOperations implements TableOperations {

  private final TableOperations delegate;
  private final TableMetadata base;
  private @Nullable TableMetadata attempted;
  private boolean landed;

  PinnedOperations(TableOperations delegate, TableMetadata base) {
    this.delegate = delegate;
    this.base = base;
  }

  /** Returns the metadata that was offered to the catalog, or null before that. */
  @Nullable TableMetadata attempted() {
    return attempted;
  }

  @Override
  public TableMetadata current() {
    return landed && attempted != null ? attempted : base;
  }

  @Override
  public TableMetadata refresh() {
    return current();
  }

  @Override
  public void commit(TableMetadata planned, TableMetadata metadata) {
    if (planned != base) {
      throw new IllegalStateException("A commit is swapped against the base it was planned on");
    }
    attempted = metadata;
    try {
      delegate.commit(base, metadata);
      landed = true;
    } catch (RuntimeException e) {
      throw new SwapFailedException(e);
    }
  }

  @Override
  public FileIO io() {
    return delegate.io();
  }

  @Override
  public EncryptionManager encryption() {
    return delegate.encryption();
  }

  @Override
  public String metadataFileLocation(String fileName) {
    return delegate.metadataFileLocation(fileName);
  }

  @Override
  public LocationProvider locationProvider() {
    return LocationProviders.locationsFor(base.location(), base.properties());
  }

  @Override
  public TableOperations temp(TableMetadata uncommitted) {
    return delegate.temp(uncommitted);
  }

  @Override
  public long newSnapshotId() {
    return delegate.newSnapshotId();
  }
}
