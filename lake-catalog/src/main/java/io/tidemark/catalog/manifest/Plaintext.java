package io.tidemark.catalog.manifest;

import io.tidemark.catalog.Secrets;
import java.util.regex.Pattern;

/** Finds secrets that are written into the manifest instead of being referred to rightly. */
final class Plaintext {

  private static final Pattern SECRET_KEY =
      Pattern.compile(
          "(password|passwd|passphrase|secret|credential|token|access-key|private-key"
              + "|keystore\\.key|jaas\\.config|authorization)$",
          Pattern.CASE_INSENSITIVE);

  /** These hold more than the secret: a client's id before it, a scheme, a whole login module. */
  private static final Pattern MIXED_KEY =
      Pattern.compile("(credential|authorization|jaas\\.config)$", Pattern.CASE_INSENSITIVE);

  private static final Pattern ASSIGNED =
      Pattern.compile(
          "(password|passphrase|secret|token)\\s*=\\s*[\"']?[^\\s\"';]", Pattern.CASE_INSENSITIVE);

  private Plaintext() {}

  /** Complains about secrets in plain text and broken references. No complaint shows a value. */
  static void refuse(Section section) {
    for (String key : section.keys()) {
      if (MIXED_KEY.matcher(key).find()) {
        section.read(key, Plaintext::requireReference);
      } else if (SECRET_KEY.matcher(key).find()) {
        section.read(key, Plaintext::requireNothingElse);
      } else {
        section.peek(key).ifPresent(text -> section.read(key, Plaintext::requireWhole));
      }
    }
  }

  private static String requireWhole(String value) {
    if (Secrets.withoutReferences(value).contains("${")) {
      throw new IllegalArgumentException(
          "unknown reference; expected ${env:NAME} or ${file:/run/secrets/x}");
    }
    return value;
  }

  private static String requireReference(String value) {
    boolean plain = ASSIGNED.matcher(Secrets.withoutReferences(value)).find();
    return check(value, value.isEmpty() || (Secrets.holdsReference(value) && !plain));
  }

  private static String requireNothingElse(String value) {
    return check(value, value.isEmpty() || Secrets.isReference(value));
  }

  private static String check(String value, boolean holds) {
    if (!holds) {
      throw new IllegalArgumentException(
          "a secret must be a reference such as ${env:NAME} or ${file:/run/secrets/x}");
    }
    return value;
  }

  /** Returns a URL without credentials. */
  static String url(String url) {
    if (Secrets.holdsCredentials(url)) {
      throw new IllegalArgumentException(
          "the URL holds credentials; name them in keys of their own, by reference");
    }
    return url;
  }
}
