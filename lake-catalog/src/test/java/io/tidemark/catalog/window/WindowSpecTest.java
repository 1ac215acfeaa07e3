package io.tidemark.catalog.window;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WindowSpecTest {

  @Test
  void dayInSeoulBeginsAtLocalMidnight() {
    WindowSpec spec = days("Asia/Seoul");

    Window window = spec.containing(Instant.parse("2026-11-20T14:59:59.999999Z"));

    assertThat(window.lo()).isEqualTo("2026-11-19T15:00:00Z");
    assertThat(window.hi()).isEqualTo("2026-11-20T15:00:00Z");
    assertThat(spec.containing(window.hi()).lo()).isEqualTo(window.hi());
  }

  @Test
  void dayInIndiaBeginsAtAHalfHourOfUtc() {
    assertThat(days("Asia/Kolkata").containing(Instant.parse("2026-11-20T00:00:00Z")).lo())
        .isEqualTo("2026-11-19T18:30:00Z");
  }

  @Test
  void hourWindowsAreRefusedWhereDaylightSavingMovesTheClockByHalfAnHour() {
    assertThatThrownBy(
            () ->
                WindowSpec.of(WindowUnit.HOUR, ZoneId.of("Australia/Lord_Howe"), day("2024-01-01")))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void periodBeyondTheYear2262BelongsToAWindow() {
    Instant sentinel = Instant.parse("9999-12-31T00:00:00Z");

    Window window = days("Asia/Seoul").containing(sentinel);

    assertThat(window.contains(Window.micros(sentinel))).isTrue();
  }

  @Test
  void hourWindowsAreRefusedInHalfHourZones() {
    assertThatThrownBy(
            () -> WindowSpec.of(WindowUnit.HOUR, ZoneId.of("Asia/Kolkata"), day("2026-01-01")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("its hours are not those of UTC");
  }

  @Test
  void dayOfAClockChangeHas23Or25Hours() {
    WindowSpec spec = days("America/New_York");

    assertThat(length(spec.parse("2026-03-08"))).isEqualTo(Duration.ofHours(23));
    assertThat(length(spec.parse("2026-11-01"))).isEqualTo(Duration.ofHours(25));
  }

  @Test
  void hourThatTheClockRepeatsIsTwoWindows() {
    WindowSpec spec =
        WindowSpec.of(WindowUnit.HOUR, ZoneId.of("America/New_York"), day("2026-01-01"));

    Window first = spec.containing(Instant.parse("2026-11-01T05:30:00Z"));
    Window second = spec.containing(Instant.parse("2026-11-01T06:30:00Z"));

    assertThat(first.hi()).isEqualTo(second.lo());
    assertThat(length(first)).isEqualTo(Duration.ofHours(1));
  }

  @Test
  void dayThatAZoneSkippedHasNoWindow() {
    WindowSpec spec = WindowSpec.of(WindowUnit.DAY, ZoneId.of("Pacific/Apia"), day("2011-12-01"));

    Window before = spec.parse("2011-12-29");

    assertThat(spec.next(before)).isEqualTo(spec.parse("2011-12-31"));
    assertThat(length(before)).isEqualTo(Duration.ofHours(24));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"UTC", "Asia/Seoul", "America/New_York", "America/Sao_Paulo", "Asia/Kathmandu"})
  void windowsTileTheTimeLine(String zone) {
    WindowSpec spec = WindowSpec.of(WindowUnit.DAY, ZoneId.of(zone), day("1960-01-01"));
    Window all =
        new Window(spec.origin(), spec.containing(Instant.parse("2027-01-01T12:00:00Z")).hi());

    List<Window> windows = spec.split(all);

    for (int i = 1; i < windows.size(); i++) {
      assertThat(windows.get(i).lo()).isEqualTo(windows.get(i - 1).hi());
      assertThat(spec.containing(windows.get(i).lo())).isEqualTo(windows.get(i));
      assertThat(spec.containing(windows.get(i).hi().minusNanos(1000))).isEqualTo(windows.get(i));
    }
  }

  @Test
  void windowBefore1970HoldsItsPeriods() {
    WindowSpec spec = WindowSpec.of(WindowUnit.DAY, ZoneId.of("UTC"), day("1969-12-30"));

    Window window = spec.containing(-1L);

    assertThat(window.lo()).isEqualTo("1969-12-31T00:00:00Z");
    assertThat(window.loMicros()).isEqualTo(-86_400_000_000L);
    assertThat(window.contains(-1L)).isTrue();
    assertThat(window.contains(0L)).isFalse();
  }

  @Test
  void monthBeginsAtItsFirstLocalMidnight() {
    WindowSpec spec = WindowSpec.of(WindowUnit.MONTH, ZoneId.of("Asia/Seoul"), day("2026-01-01"));

    assertThat(spec.parse("2026-02").lo()).isEqualTo("2026-01-31T15:00:00Z");
    assertThat(length(spec.parse("2026-02"))).isEqualTo(Duration.ofDays(28));
  }

  @Test
  void rangeThatCutsAWindowIsRefusedWithTheNearestWholeOnes() {
    WindowSpec spec = days("UTC");

    assertThatThrownBy(() -> spec.split(spec.parse("2026-11-20T06:00:00Z", "2026-11-21T00:00:00Z")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("[2026-11-20T00:00:00Z, 2026-11-21T00:00:00Z)");
  }

  @Test
  void edgeIsReadInTheZoneOfTheTable() {
    WindowSpec spec = days("Asia/Seoul");

    assertThat(spec.parse("2026-11-20").lo()).isEqualTo("2026-11-19T15:00:00Z");
    assertThat(spec.parse("2026-11-20T00:00").lo()).isEqualTo("2026-11-19T15:00:00Z");
    assertThat(spec.parse("2026-11-20T00:00+09:00").lo()).isEqualTo("2026-11-19T15:00:00Z");
    assertThatThrownBy(() -> spec.parse("yesterday"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("yesterday");
  }

  private static WindowSpec days(String zone) {
    return WindowSpec.of(WindowUnit.DAY, ZoneId.of(zone), day("2026-01-01"));
  }

  private static LocalDate day(String text) {
    return LocalDate.parse(text);
  }

  private static Duration length(Window window) {
    return Duration.between(window.lo(), window.hi());
  }
}
