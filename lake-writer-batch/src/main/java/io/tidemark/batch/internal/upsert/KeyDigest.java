package io.tidemark.batch.internal.upsert;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.security.DigestException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.UUID;
import org.apache.iceberg.StructLike;
import org.apache.iceberg.types.Types;
import org.apache.iceberg.util.ByteBuffers;

/**
 * The 128 bits that stand for a key. Keys of up to two numbers, dates or times, and of one UUID,
 * are these bits; others are digested by a hash for which nobody can find two that come to the
 * same. For one thread.
 */
final class KeyDigest {

  private static final int EXACT = 2 * Long.BYTES;

  private final int columns;
  private final boolean exact;
  private final MessageDigest sha;
  private final byte[] digest = new byte[32];
  private ByteBuffer bytes = ByteBuffer.allocate(64);
  private long high;
  private long low;

  KeyDigest(Key key) {
    this.columns = key.fields().size();
    this.exact = key.fields().stream().mapToInt(KeyDigest::width).sum() <= EXACT;
    try {
      this.sha = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Cannot digest keys: no SHA-256", e);
    }
  }

  private static int width(Types.NestedField field) {
    return switch (field.type().typeId()) {
      case BOOLEAN, INTEGER, LONG, DATE, TIME, TIMESTAMP -> Long.BYTES;
      case UUID -> 2 * Long.BYTES;
      default -> EXACT + 1;
    };
  }

  long high() {
    return high;
  }

  long low() {
    return low;
  }

  /**
   * Takes a key.
   *
   * @param row begins with the key's values, as Iceberg has them internally
   * @return false where one of them is null
   */
  boolean take(StructLike row) {
    bytes.clear();
    for (int i = 0; i < columns; i++) {
      Object value = row.get(i, Object.class);
      if (value == null) {
        return false;
      }
      put(value);
    }
    bytes.flip();
    return exact ? takeBytes() : takeHash();
  }

  private boolean takeBytes() {
    high = bytes.remaining() > Long.BYTES ? bytes.getLong() : 0;
    low = bytes.getLong();
    return true;
  }

  private boolean takeHash() {
    sha.update(bytes);
    try {
      sha.digest(digest, 0, digest.length);
    } catch (DigestException e) {
      throw new IllegalStateException(e);
    }
    ByteBuffer hash = ByteBuffer.wrap(digest);
    high = hash.getLong();
    low = hash.getLong();
    return true;
  }

  private void put(Object value) {
    if (value instanceof Number number && !(value instanceof BigDecimal)) {
      room(Long.BYTES).putLong(number.longValue());
    } else if (value instanceof Boolean truth) {
      room(Long.BYTES).putLong(truth ? 1 : 0);
    } else if (value instanceof UUID uuid) {
      room(EXACT).putLong(uuid.getMostSignificantBits()).putLong(uuid.getLeastSignificantBits());
    } else if (value instanceof BigDecimal decimal) {
      putBytes(decimal.unscaledValue().toByteArray());
    } else if (value instanceof ByteBuffer buffer) {
      putBytes(ByteBuffers.toByteArray(buffer));
    } else {
      putBytes(value.toString().getBytes(UTF_8));
    }
  }

  /** The length in front keeps the values of two columns apart. */
  private void putBytes(byte[] value) {
    room(Integer.BYTES + value.length).putInt(value.length).put(value);
  }

  private ByteBuffer room(int more) {
    if (bytes.remaining() < more) {
      bytes = ByteBuffer.allocate(2 * (bytes.position() + more)).put(bytes.flip());
    }
    return bytes;
  }
}
