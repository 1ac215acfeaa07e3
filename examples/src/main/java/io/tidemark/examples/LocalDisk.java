package io.tidemark.examples;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.attribute.PosixFilePermissions;
import org.apache.hadoop.fs.LocalFileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.apache.hadoop.fs.permission.FsPermission;

/**
 * Hadoop's files of the local disk, whose permissions are set by Java. Without a native library
 * Hadoop runs {@code chmod} in a process of its own for each file and each checksum file: of a load
 * into many partitions that is a part one can feel. Made by Hadoop, as {@code core-site.xml} says.
 */
public final class LocalDisk extends LocalFileSystem {

  public LocalDisk() {
    super(new RawDisk());
  }

  private static final class RawDisk extends RawLocalFileSystem {

    @Override
    public void setPermission(Path path, FsPermission permission) throws IOException {
      String symbols =
          permission.getUserAction().SYMBOL
              + permission.getGroupAction().SYMBOL
              + permission.getOtherAction().SYMBOL;
      Files.setPosixFilePermissions(
          pathToFile(path).toPath(), PosixFilePermissions.fromString(symbols));
    }
  }
}
