package io.tidemark.stream.internal;

import java.io.IOException;
import java.io.Serializable;
import org.apache.flink.core.io.SimpleVersionedSerializer;
import org.apache.flink.util.InstantiationUtil;

/**
 * Writes values by Java serialization under a version. State of another version is refused, never
 * guessed at.
 */
final class JavaSerializer<T extends Serializable> implements SimpleVersionedSerializer<T> {

  private static final int VERSION = 1;

  @Override
  public int getVersion() {
    return VERSION;
  }

  @Override
  public byte[] serialize(T value) throws IOException {
    return InstantiationUtil.serializeObject(value);
  }

  @Override
  public T deserialize(int version, byte[] bytes) throws IOException {
    if (version != VERSION) {
      throw new IOException(
          "Cannot read state of version %d: this release knows version %d"
              .formatted(version, VERSION));
    }
    try {
      return InstantiationUtil.deserializeObject(
          bytes, Thread.currentThread().getContextClassLoader());
    } catch (ClassNotFoundException e) {
      throw new IOException("Cannot read state: " + e.getMessage(), e);
    }
  }
}
