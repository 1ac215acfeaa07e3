package io.tidemark.catalog;

import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.apache.iceberg.BaseMetastoreTableOperations;
import org.apache.iceberg.HasTableOperations;
import org.apache.iceberg.Table;
import org.apache.iceberg.TableOperations;
import org.apache.iceberg.catalog.TableIdentifier;
import software.amazon.awssdk.core.exception.SdkServiceException;

/** Tells an object store that refuses our credentials from one that fails. */
final class StoreAccess {

  private StoreAccess() {}

  /**
   * Returns what a call returns.
   *
   * @throws InvalidRequestException if the store refuses the credentials in it
   */
  static <T> T call(TableIdentifier table, Supplier<T> call) {
    try {
      return call.get();
    } catch (LakeException e) {
      throw e;
    } catch (RuntimeException e) {
      throw refusal(e).<RuntimeException>map(r -> refused(table, r)).orElse(e);
    }
  }

  /**
   * Looks for the metadata of a table that its catalog read for us, as a REST catalog does: wrong
   * credentials for the store would be noticed only in the middle of the work. Other catalogs leave
   * the reading to their clients, who have just done it.
   */
  static void check(Table table) {
    TableOperations operations = ((HasTableOperations) table).operations();
    if (!(operations instanceof BaseMetastoreTableOperations)) {
      table.io().newInputFile(operations.current().metadataFileLocation()).exists();
    }
  }

  private static Optional<SdkServiceException> refusal(Throwable thrown) {
    return Stream.iterate(thrown, t -> t != null, Throwable::getCause)
        .filter(SdkServiceException.class::isInstance)
        .map(SdkServiceException.class::cast)
        .filter(e -> e.statusCode() == 401 || e.statusCode() == 403)
        .findFirst();
  }

  private static InvalidRequestException refused(
      TableIdentifier table, SdkServiceException refusal) {
    return new InvalidRequestException(
        "Cannot open %s: the object store refuses the catalog's credentials (status %d)"
            .formatted(table, refusal.statusCode()),
        refusal);
  }
}
