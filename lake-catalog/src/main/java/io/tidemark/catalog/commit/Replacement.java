package io.tidemark.catalog.commit;

import java.util.List;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.DeleteFile;

/**
 * How the rows go that an upsert replaces, on one base. It holds on no other one.
 *
 * @param removed data files that go
 * @param rewritten data files that have what stays of them
 * @param deletes position deletes, or deletion vectors, of data files that stay
 * @param superseded delete files that these take the place of
 * @param rows how many rows go
 */
public record Replacement(
    List<DataFile> removed,
    List<DataFile> rewritten,
    List<DeleteFile> deletes,
    List<DeleteFile> superseded,
    long rows) {

  public Replacement {
    removed = List.copyOf(removed);
    rewritten = List.copyOf(rewritten);
    deletes = List.copyOf(deletes);
    superseded = List.copyOf(superseded);
  }
}
