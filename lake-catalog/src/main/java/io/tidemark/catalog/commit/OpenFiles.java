package io.tidemark.catalog.commit;

import io.tidemark.catalog.window.Window;
import java.io.Serializable;
import java.util.List;
import org.apache.iceberg.DataFile;

/**
 * What a stream has to say about one cell of an open window.
 *
 * <p>In the {@code cells} layout this is the cell's image: the files replace all that the cell
 * held. In the {@code events} layout the files are added.
 *
 * @param window the open window
 * @param bucket the cell's key bucket, 0 where cells are not cut by a key
 * @param files the data files, all of this window and bucket; none says that the cell is empty
 * @param contributions the events taken in since the last publish, recorded where the cell is left
 *     out because its window closed meanwhile
 */
public record OpenFiles(Window window, int bucket, List<DataFile> files, long contributions)
    implements Serializable {

  public OpenFiles {
    files = List.copyOf(files);
  }
}
