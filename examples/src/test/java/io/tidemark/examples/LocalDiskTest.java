package io.tidemark.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.attribute.PosixFilePermissions;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocalFileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.permission.FsPermission;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalDiskTest {

  @TempDir private java.nio.file.Path directory;

  private FileSystem disk;

  @BeforeEach
  void open() throws IOException {
    LocalDisk.use();
    disk = FileSystem.newInstance(directory.toUri(), new Configuration());
  }

  @AfterEach
  void close() throws IOException {
    disk.close();
  }

  @Test
  void isWhatTheLauncherWritesTo() {
    assertThat(disk).isInstanceOf(LocalDisk.class);
  }

  @Test
  void givesFilesAndDirectoriesThePermissionsThatHadoopGives() throws IOException {
    // Given
    try (FileSystem hadoops = new LocalFileSystem()) {
      hadoops.initialize(directory.toUri(), new Configuration());
      write(hadoops, "hadoop/file");
    }

    // When
    write(disk, "own/file");

    // Then
    for (String path : new String[] {"", "/file", "/.file.crc"}) {
      assertThat(permissions("own" + path)).isEqualTo(permissions("hadoop" + path));
    }
  }

  @Test
  void setsPermissions() throws IOException {
    // Given
    write(disk, "file");

    // When
    disk.setPermission(path("file"), new FsPermission((short) 0640));

    // Then
    assertThat(permissions("file")).isEqualTo("rw-r-----");
  }

  private void write(FileSystem files, String name) throws IOException {
    try (OutputStream out = files.create(path(name))) {
      out.write(1);
    }
  }

  private Path path(String name) {
    return new Path(directory.resolve(name).toUri());
  }

  private String permissions(String name) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(directory.resolve(name)));
  }
}
