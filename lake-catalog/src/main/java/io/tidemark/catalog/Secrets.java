package io.tidemark.catalog;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Resolves references to secrets: {@code ${env:NAME}} is an environment variable, {@code
 * ${file:/path}} the content of a file without its last line break. No message shows a value.
 */
public final class Secrets {

  private static final Pattern REFERENCE = Pattern.compile("\\$\\{(env|file):([^}]+)}");

  /** Properties whose values redaction would only take out of messages that need them. */
  private static final Pattern PLAIN_KEY =
      Pattern.compile("(^|[.-])(user|uri|url|warehouse|endpoint|region|servers)$");

  /** What drivers call secrets of their own has no key in a manifest, and may be a reference. */
  private static final Pattern CREDENTIALS =
      Pattern.compile(
          "//[^/@?]*@|^jdbc:oracle:\\w+:[^@/]+(/[^@]*)?@"
              + "|[?&;,/:](user|password|token|credential|secret)="
              + "|[?&;,/:][\\w.-]*(password|passwd|pwd|passphrase|token|credential|secret|(api|private|access)[_-]?key)=(?!\\$\\{)",
          Pattern.CASE_INSENSITIVE);

  private static final Map<String, String> REFERENCE_BY_VALUE = new ConcurrentHashMap<>();

  private Secrets() {}

  /** Tells whether a text is a reference, or several, and nothing else. */
  public static boolean isReference(String text) {
    return !text.isEmpty() && withoutReferences(text).isEmpty();
  }

  /** Tells whether there is a reference in a text. */
  public static boolean holdsReference(String text) {
    return REFERENCE.matcher(text).find();
  }

  /** Returns a text without its references. */
  public static String withoutReferences(String text) {
    return REFERENCE.matcher(text).replaceAll("");
  }

  /** Tells whether a URL holds a user or a secret. */
  public static boolean holdsCredentials(String url) {
    return CREDENTIALS.matcher(url).find();
  }

  /**
   * Returns a text with all its references resolved, to values that {@link #redact} hides.
   *
   * @throws InvalidRequestException if a variable is not set or a file cannot be read
   */
  public static String resolve(String text) {
    return resolve(text, Secrets::hidden);
  }

  /**
   * Returns the name of a user, a host or a place with all its references resolved. Messages may
   * show them, but for a URL that {@linkplain #holdsCredentials holds credentials}.
   *
   * @throws InvalidRequestException if a variable is not set or a file cannot be read
   */
  public static String resolvePlain(String text) {
    String resolved = resolve(text, Secrets::lookUp);
    return holdsCredentials(resolved) ? resolve(text) : resolved;
  }

  /**
   * Returns a copy of a map with the references in all its values resolved, of those under keys
   * such as {@code user} or {@code uri} as {@linkplain #resolvePlain plain} ones.
   */
  public static Map<String, String> resolve(Map<String, String> properties) {
    Map<String, String> resolved = new TreeMap<>();
    properties.forEach(
        (key, value) ->
            resolved.put(
                key, PLAIN_KEY.matcher(key).find() ? resolvePlain(value) : resolve(value)));
    return resolved;
  }

  /**
   * Returns a text in which every secret that this process resolved is its reference again: for
   * messages of others that are about to be shown.
   */
  public static String redact(String text) {
    String redacted = text;
    for (String secret : longestFirst()) {
      Pattern word = Pattern.compile("(?<!\\w)" + Pattern.quote(secret) + "(?!\\w)");
      String reference = REFERENCE_BY_VALUE.get(secret);
      redacted = word.matcher(redacted).replaceAll(Matcher.quoteReplacement(reference));
    }
    return redacted;
  }

  /** Of a secret that another one is a part of, the rest would stay. */
  private static List<String> longestFirst() {
    return REFERENCE_BY_VALUE.keySet().stream()
        .sorted(Comparator.comparingInt(String::length).reversed())
        .toList();
  }

  private static String resolve(String text, Function<MatchResult, String> value) {
    return REFERENCE.matcher(text).replaceAll(m -> Matcher.quoteReplacement(value.apply(m)));
  }

  private static String lookUp(MatchResult reference) {
    return lookUp(reference.group(1), reference.group(2));
  }

  private static String hidden(MatchResult reference) {
    String value = lookUp(reference);
    if (!value.isBlank()) {
      REFERENCE_BY_VALUE.put(value, reference.group());
    }
    return value;
  }

  private static String lookUp(String kind, String name) {
    if (kind.equals("env")) {
      String value = System.getenv(name);
      if (value == null) {
        throw new InvalidRequestException(
            "Cannot resolve ${env:%s}: the environment variable is not set".formatted(name));
      }
      return value;
    }
    try {
      return Files.readString(Path.of(name)).stripTrailing();
    } catch (IOException | UncheckedIOException e) {
      throw new InvalidRequestException(
          "Cannot resolve ${file:%s}: the file cannot be read".formatted(name), e);
    }
  }
}
