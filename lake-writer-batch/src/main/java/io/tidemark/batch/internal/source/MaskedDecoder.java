package io.tidemark.batch.internal.source;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tidemark.batch.internal.columnar.BytesVector;
import io.tidemark.batch.internal.columnar.ColumnVector;
import io.tidemark.catalog.InvalidRequestException;
import io.tidemark.catalog.Secrets;
import io.tidemark.catalog.manifest.Mask;
import java.security.InvalidKeyException;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Masks texts on their way from the wire to the vector, so that no value is anywhere unmasked: not
 * in a file, nor its statistics, nor a message.
 */
public final class MaskedDecoder {

  private static final String HMAC = "HmacSHA256";
  private static final byte[] REDACTED = "***".getBytes(UTF_8);

  private MaskedDecoder() {}

  /**
   * Returns a decoder of texts that masks them. Secrets are resolved here.
   *
   * @throws InvalidRequestException if there is no key
   */
  public static FieldDecoder of(Mask mask) {
    if (mask instanceof Mask.Hash hash) {
      return hash(mac(Secrets.resolve(hash.key())));
    }
    if (mask instanceof Mask.Truncate truncate) {
      return (row, offset, length, into) ->
          append(into, row, offset, bytesOf(row, offset, length, truncate.keep()));
    }
    return (row, offset, length, into) -> append(into, REDACTED, 0, REDACTED.length);
  }

  /** Describes a mask; of a hash with another key it says something else, and nobody learns it. */
  public static String describe(Mask mask) {
    if (mask instanceof Mask.Hash hash) {
      byte[] told = mac(Secrets.resolve(hash.key())).doFinal(HMAC.getBytes(UTF_8));
      return "%s %s".formatted(mask, HexFormat.of().formatHex(told, 0, 4));
    }
    return mask.toString();
  }

  private static FieldDecoder hash(Mac mac) {
    return (row, offset, length, into) -> {
      mac.update(row, offset, length);
      byte[] text = HexFormat.of().formatHex(mac.doFinal()).getBytes(UTF_8);
      append(into, text, 0, text.length);
    };
  }

  private static Mac mac(String key) {
    if (key.isEmpty()) {
      throw new InvalidRequestException("Cannot mask a column: its key is empty");
    }
    try {
      Mac mac = Mac.getInstance(HMAC);
      mac.init(new SecretKeySpec(key.getBytes(UTF_8), HMAC));
      return mac;
    } catch (NoSuchAlgorithmException | InvalidKeyException e) {
      throw new IllegalStateException("Cannot mask a column: no " + HMAC, e);
    }
  }

  /** Returns how many bytes the first characters take; a character is a code point. */
  private static int bytesOf(byte[] row, int offset, int length, int characters) {
    int seen = 0;
    for (int i = 0; i < length; i++) {
      boolean begins = (row[offset + i] & 0xC0) != 0x80;
      if (begins && seen++ == characters) {
        return i;
      }
    }
    return length;
  }

  private static void append(ColumnVector into, byte[] from, int offset, int length) {
    ((BytesVector) into).append(from, offset, length);
  }
}
