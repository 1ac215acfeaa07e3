package io.tidemark.catalog.manifest;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Durations as a manifest and the options of a job have them: a whole number and a unit, {@code
 * 2m}. The units are {@code ms}, {@code s}, {@code m}, {@code h} and {@code d}, a day of 24 hours.
 */
public final class ManifestDuration {

  private static final Pattern FORM = Pattern.compile("(\\d{1,9})(ms|s|m|h|d)");
  private static final Pattern BARE = Pattern.compile("\\d+");

  private ManifestDuration() {}

  /**
   * Reads a duration.
   *
   * @throws IllegalArgumentException if the text has no unit, or is no duration
   */
  public static Duration parse(String text) {
    Matcher matcher = FORM.matcher(text);
    if (!matcher.matches()) {
      throw new IllegalArgumentException(complaint(text));
    }
    long number = Long.parseLong(matcher.group(1));
    return switch (matcher.group(2)) {
      case "ms" -> Duration.ofMillis(number);
      case "s" -> Duration.ofSeconds(number);
      case "m" -> Duration.ofMinutes(number);
      case "h" -> Duration.ofHours(number);
      default -> Duration.ofDays(number);
    };
  }

  private static String complaint(String text) {
    return BARE.matcher(text.strip()).matches()
        ? "'%s' has no unit; write e.g. 30d".formatted(text)
        : "cannot read '%s' as a duration: expected a number and ms, s, m, h or d, e.g. 2m"
            .formatted(text);
  }
}
