package io.tidemark.catalog;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Resolves references to secrets: {@code ${env:NAME}} is an environment variable, {@code
 * ${file:/path}} the content of a file without its last line break. No message shows a value.
 */
public final class Secrets {

  private static final Pattern REFERENCE = Pattern.compile("\\$\\{(env|file):([^}]+)}");

  private Secrets() {}

  /** Tells whether a text refers to a secret. */
  public static boolean isReference(String text) {
    return REFERENCE.matcher(text).find();
  }

  /**
   * Returns a text with all its references resolved.
   *
   * @throws InvalidRequestException if a variable is not set or a file cannot be read
   */
  public static String resolve(String text) {
    Matcher matcher = REFERENCE.matcher(text);
    return matcher.replaceAll(m -> Matcher.quoteReplacement(lookUp(m.group(1), m.group(2))));
  }

  /** Returns a copy of a map with the references in all its values resolved. */
  public static Map<String, String> resolve(Map<String, String> properties) {
    Map<String, String> resolved = new TreeMap<>();
    properties.forEach((key, value) -> resolved.put(key, resolve(value)));
    return resolved;
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
