package io.tidemark.batch.internal;

import java.io.IOException;
import java.io.Serializable;
import org.apache.flink.core.io.SimpleVersionedSerializer;
import org.apache.flink.util.InstantiationUtil;

/** Carries values within one run of one version of a job, which is all that a split lives for. */
public final class ObjectSerializer<T extends Serializable>
    implements SimpleVersionedSerializer<T> {

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
    try {
      return InstantiationUtil.deserializeObject(bytes, ObjectSerializer.class.getClassLoader());
    } catch (ClassNotFoundException e) {
      throw new IOException("Cannot read a split of version " + version, e);
    }
  }
}
