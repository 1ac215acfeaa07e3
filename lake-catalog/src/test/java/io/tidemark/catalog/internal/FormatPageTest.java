package io.tidemark.catalog.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** FORMAT.md tells all of it, and shows what is really written. */
class FormatPageTest {

  private static final Path PAGE = Path.of("FORMAT.md");

  @ParameterizedTest
  @MethodSource
  void everyKeyIsDescribed(String key) throws IOException {
    assertThat(Files.readString(PAGE)).contains("`" + key);
  }

  static Stream<String> everyKeyIsDescribed() {
    return Arrays.stream(Keys.class.getDeclaredFields())
        .filter(field -> Modifier.isPublic(field.getModifiers()))
        .map(FormatPageTest::value);
  }

  @ParameterizedTest
  @MethodSource
  void everyWriterIsDescribed(Writer writer) throws IOException {
    assertThat(Files.readString(PAGE)).contains("`" + writer + "`");
  }

  static Stream<Writer> everyWriterIsDescribed() {
    return Arrays.stream(Writer.values());
  }

  @ParameterizedTest
  @MethodSource
  void everyExampleIsAGoldenFile(String file) throws IOException {
    String example = Golden.read(file).replaceAll("\\s", "");
    assertThat(Files.readString(PAGE).replaceAll("\\s", "")).contains(example);
  }

  static Stream<String> everyExampleIsAGoldenFile() {
    return Stream.of(
        "contract.json",
        "closed.json",
        "closed-with-cuts.json",
        "stream-token.json",
        "stream-token-retired.json",
        "attention.json",
        "load-append.json",
        "load-upsert.json");
  }

  private static String value(Field field) {
    try {
      return (String) field.get(null);
    } catch (IllegalAccessException e) {
      throw new IllegalStateException(e);
    }
  }
}
