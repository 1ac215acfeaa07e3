package io.tidemark.batch.internal.seal;

import java.io.IOException;
import java.io.Serializable;
import java.util.List;
import org.apache.flink.util.InstantiationUtil;
import org.apache.iceberg.DataFile;

/**
 * What one writer brings to the seal.
 *
 * @param files the files it wrote
 * @param audit what it found in its rows
 */
record SealPart(List<DataFile> files, Audit audit) implements Serializable {

  byte[] toBytes() throws IOException {
    return InstantiationUtil.serializeObject(this);
  }

  static SealPart fromBytes(byte[] bytes) throws IOException {
    try {
      return InstantiationUtil.deserializeObject(bytes, SealPart.class.getClassLoader());
    } catch (ClassNotFoundException e) {
      throw new IOException("Cannot read what a writer brought", e);
    }
  }
}
