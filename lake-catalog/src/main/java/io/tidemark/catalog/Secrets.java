package io.tidemark.catalog;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Resolves references to secrets: {@code ${env:NAME}} is an environment variable, {@code
 * ${file:/path}} the content of a file without its last line break. No message shows a value.
 */
public final class Secrets {

  private static final Pattern REFERENCE = Pattern.compile("\\$\\{(env|file):([^}]+)}");

  private static final Map<String, String> REFERENCE_BY_VALUE = new ConcurrentHashMap<>();

  private Secrets() {}

  /** Tells whether a text refers to a secret. */
  public static boolean isReference(String text) {
    return REFERENCE.matcher(text).find();
  }

  /** Returns a text without its references. */
  public static String withoutReferences(String text) {
    return REFERENCE.matcher(text).replaceAll("");
  }

  /**
   * Returns a text with all its references resolved.
   *
   * @throws InvalidRequestException if a variable is not set or a file cannot be read
   */
  public static String resolve(String text) {
    Matcher matcher = REFERENCE.matcher(text);
    return matcher.replaceAll(m -> Matcher.quoteReplacement(lookUp(m)));
  }

  /** Returns a copy of a map with the references in all its values resolved. */
  public static Map<String, String> resolve(Map<String, String> properties) {
    Map<String, String> resolved = new TreeMap<>();
    properties.forEach((key, value) -> resolved.put(key, resolve(value)));
    return resolved;
  }

  /**
   * Returns a text in which every value that this process resolved is its reference again: for
   * messages of others that are about to be shown.
   */
  public static String redact(String text) {
    String redacted = text;
    for (Map.Entry<String, String> secret : REFERENCE_BY_VALUE.entrySet()) {
      Pattern word = Pattern.compile("(?<!\\w)" + Pattern.quote(secret.getKey()) + "(?!\\w)");
      redacted = word.matcher(redacted).replaceAll(Matcher.quoteReplacement(secret.getValue()));
    }
    return redacted;
  }

  private static String lookUp(MatchResult reference) {
    String value = lookUp(reference.group(1), reference.group(2));
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
