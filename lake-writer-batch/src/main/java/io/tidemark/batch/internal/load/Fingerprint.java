package io.tidemark.batch.internal.load;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tidemark.catalog.manifest.ColumnRule;
import io.tidemark.catalog.manifest.ColumnRule.Origin;
import io.tidemark.catalog.manifest.Mask;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import org.apache.iceberg.Table;
import org.apache.iceberg.encryption.PlaintextEncryptionManager;

/** Digests what makes the files of one load other files than those of another. */
final class Fingerprint {

  private Fingerprint() {}

  /** Returns the digest of what is asked for and how the table is laid out; no secret is in it. */
  static String of(TableLoad load, Table table) {
    return digest(
        List.of(
            table.uuid(),
            table.schema().schemaId(),
            table.spec().specId(),
            load.query().fingerprint(),
            load.entry().parity()));
  }

  /**
   * Returns an id of a run that may be part of a file's name: run ids are arbitrary texts. No id is
   * the beginning of another one.
   */
  static String ofRun(String runId) {
    return digest(List.of(runId)).substring(0, 32);
  }

  /**
   * Tells whether the same rows give the same files, whenever they are read. SQL of the manifest
   * may look at other rows, or at the clock; the key of a hash may be another one under the same
   * name; and of an encrypted table nothing may be written in the clear, nor of columns that are
   * masked or left out.
   */
  static boolean isLasting(TableLoad load, Table table) {
    return load.entry().where() == null
        && load.step().filter().isEmpty()
        && load.entry().columns().stream().allMatch(Fingerprint::isLasting)
        && load.relation().isLasting()
        && load.relation().columnsOfRanges().stream().allMatch(load.entry()::shows)
        && table.encryption() instanceof PlaintextEncryptionManager;
  }

  private static boolean isLasting(ColumnRule rule) {
    return !(rule.origin() instanceof Origin.Expression) && !(rule.mask() instanceof Mask.Hash);
  }

  private static String digest(List<?> parts) {
    try {
      MessageDigest sha = MessageDigest.getInstance("SHA-256");
      return HexFormat.of().formatHex(sha.digest(parts.toString().getBytes(UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Cannot digest: no SHA-256", e);
    }
  }
}
