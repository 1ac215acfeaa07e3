package io.tidemark.maintenance.internal;

import io.tidemark.catalog.OpenCatalog;
import io.tidemark.catalog.TableLoader;
import java.io.IOException;
import java.util.List;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.functions.RichMapFunction;
import org.apache.flink.util.InstantiationUtil;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.Table;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Rewrites groups on a task. Groups and results travel as bytes of Java serialization, which is
 * what Iceberg's scan tasks and files are made for.
 *
 * <p>A group that fails does not stop the others; its files are deleted and the result says why.
 */
final class GroupRewriter extends RichMapFunction<byte[], byte[]> {

  private static final long serialVersionUID = 1L;
  private static final Logger LOG = LoggerFactory.getLogger(GroupRewriter.class);

  private final TableLoader loader;
  private transient OpenCatalog catalog;
  private transient Table table;

  GroupRewriter(TableLoader loader) {
    this.loader = loader;
  }

  /** A group on its way to a task. */
  record Assignment(int index, FileGroup group) implements java.io.Serializable {}

  @Override
  public void open(OpenContext context) {
    catalog = OpenCatalog.of(loader.catalog());
    table = loader.load(catalog.catalog()).table();
  }

  @Override
  public byte[] map(byte[] bytes) throws IOException, ClassNotFoundException {
    Assignment assignment =
        InstantiationUtil.deserializeObject(bytes, GroupRewriter.class.getClassLoader());
    return InstantiationUtil.serializeObject(rewrite(assignment));
  }

  private RewrittenGroup rewrite(Assignment assignment) {
    int index = assignment.index();
    FileGroup group = assignment.group();
    try (RowRewrite rewrite = new RowRewrite(table, group)) {
      List<DataFile> added = group.sorted() ? rewrite.sorted() : rewrite.asRead();
      return new RewrittenGroup(index, rewrite.rowsRead(), List.copyOf(added), null);
    } catch (IOException | RuntimeException e) {
      LOG.error("Cannot rewrite {} files of {}", group.tasks().size(), group.window(), e);
      return new RewrittenGroup(index, 0, List.of(), e.toString());
    }
  }

  @Override
  public void close() {
    if (catalog != null) {
      catalog.close();
    }
  }
}
