package io.tidemark.scenarios.jars;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@EnabledIfSystemProperty(named = JobJars.CHECKOUT, matches = ".+")
class JobJarContentTest {

  @ParameterizedTest
  @ValueSource(strings = {"lake-writer-batch", "lake-writer-stream", "lake-maintenance"})
  void aJarBringsNothingOfFlinkThatADistributionHas(String module) {
    List<Path> lib =
        Arrays.stream(JobJars.distribution().split(File.pathSeparator)).map(Path::of).toList();

    Set<String> brought = JobJars.classes(List.of(JobJars.of(module)));

    assertThat(brought)
        .noneMatch(name -> name.startsWith("org/slf4j/") || name.startsWith("org/apache/logging/"));
    brought.removeIf(name -> !name.startsWith("org/apache/flink/"));
    assertThat(JobJars.classes(lib)).doesNotContainAnyElementsOf(brought);
  }
}
