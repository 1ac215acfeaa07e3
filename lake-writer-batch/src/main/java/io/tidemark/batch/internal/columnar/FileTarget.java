package io.tidemark.batch.internal.columnar;

import java.io.IOException;
import org.apache.iceberg.encryption.EncryptedOutputFile;
import org.apache.iceberg.encryption.NativeEncryptionKeyMetadata;
import org.apache.iceberg.encryption.NativeEncryptionOutputFile;
import org.apache.iceberg.util.ByteBuffers;
import org.apache.parquet.crypto.FileEncryptionProperties;
import org.apache.parquet.io.DelegatingPositionOutputStream;
import org.apache.parquet.io.OutputFile;
import org.apache.parquet.io.PositionOutputStream;
import org.jspecify.annotations.Nullable;

/** A file of a table's store as parquet-java writes to it. Remembers its stream, to abandon it. */
final class FileTarget implements OutputFile, AutoCloseable {

  private final org.apache.iceberg.io.OutputFile file;
  private final @Nullable FileEncryptionProperties encryption;
  private @Nullable PositionOutputStream stream;

  /** Parquet encrypts by itself where the table's keys are made for it. */
  FileTarget(EncryptedOutputFile file) {
    if (file instanceof NativeEncryptionOutputFile natively) {
      this.file = natively.plainOutputFile();
      this.encryption = encryption(natively.keyMetadata());
    } else {
      this.file = file.encryptingOutputFile();
      this.encryption = null;
    }
  }

  private static FileEncryptionProperties encryption(NativeEncryptionKeyMetadata keys) {
    return FileEncryptionProperties.builder(ByteBuffers.toByteArray(keys.encryptionKey()))
        .withAADPrefix(ByteBuffers.toByteArray(keys.aadPrefix()))
        .withoutAADPrefixStorage()
        .build();
  }

  String location() {
    return file.location();
  }

  @Nullable FileEncryptionProperties encryption() {
    return encryption;
  }

  @Override
  public PositionOutputStream create(long blockSize) {
    org.apache.iceberg.io.PositionOutputStream created = file.create();
    stream =
        new DelegatingPositionOutputStream(created) {
          @Override
          public long getPos() throws IOException {
            return created.getPos();
          }
        };
    return stream;
  }

  @Override
  public PositionOutputStream createOrOverwrite(long blockSize) {
    throw new UnsupportedOperationException("Cannot overwrite " + location());
  }

  @Override
  public boolean supportsBlockSize() {
    return false;
  }

  @Override
  public long defaultBlockSize() {
    return 0;
  }

  /** Closes the stream, if there is one and whatever is missing in it. */
  @Override
  public void close() throws IOException {
    if (stream != null) {
      stream.close();
    }
  }
}
