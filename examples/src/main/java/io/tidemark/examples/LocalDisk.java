package io.tidemark.examples;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.LocalFileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.apache.hadoop.fs.permission.FsPermission;

/**
 * Hadoop's files of the local disk, whose permissions are set by Java. Without a native library
 * Hadoop runs {@code chmod} in a process of its own for each file and each checksum file: of a load
 * into many partitions that is a part one can feel. Made by Hadoop, once it is {@linkplain #use()
 * told}.
 */
public final class LocalDisk extends LocalFileSystem {

  public LocalDisk() {
    super(new RawDisk());
  }

  /** Has this process use it, whatever else a {@code core-site.xml} of the user's says. */
  static void use() {
    Configuration.addDefaultResource("lake-site.xml");
  }

  private static final class RawDisk extends RawLocalFileSystem {

    @Override
    public void setPermission(Path path, FsPermission permission) throws IOException {
      String symbols =
          permission.getUserAction().SYMBOL
              + permission.getGroupAction().SYMBOL
              + permission.getOtherAction().SYMBOL;
      java.nio.file.Path file = pathToFile(path).toPath();
      Set<PosixFilePermission> permissions = PosixFilePermissions.fromString(symbols);
      // Most files are born with them, and a change would take a directory's group from its files.
      if (!Files.getPosixFilePermissions(file).equals(permissions)) {
        Files.setPosixFilePermissions(file, permissions);
      }
    }
  }
}
