package io.tidemark.catalog.simulation;

import io.tidemark.catalog.contract.Grain;
import io.tidemark.catalog.contract.Merge;
import io.tidemark.catalog.contract.OpenLayout;
import io.tidemark.catalog.contract.TableContract;
import io.tidemark.catalog.window.WindowUnit;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.EnumMap;
import java.util.Map;
import java.util.Random;
import org.apache.iceberg.types.Types;

/**
 * What a seed's world is like. Every seed leaves many things out: what is always possible hides
 * what only shows in its absence.
 *
 * @param contract the table's contract
 * @param streams how many streams write into the table
 * @param windows how many windows the streams fill
 * @param perWindow how many events a window gets
 * @param straggle how likely an event belongs to an earlier window
 * @param batch the most events between two publishes
 * @param stickiness how likely an actor keeps its turn at a step
 * @param answers how likely a swap of the protocol gets an answer other than the true one
 * @param sealers how many batch jobs there are
 * @param outOfOrder how likely a seal leaves a hole
 * @param reseal how likely a batch job corrects a closed window
 * @param compactions how many of our compactions are tried
 * @param expiries how many expiries are tried
 * @param foreignCompactions how many compactions by somebody else are tried
 * @param foreignInserts how many inserts somebody else tries
 * @param rollbacks how many rollbacks somebody tries
 * @param doubles how likely a stream is started beside itself
 * @param retirements how many streams somebody tries to retire while they run
 * @param mergeManifests from how many manifests on Iceberg merges them
 */
record Profile(
    TableContract contract,
    int streams,
    int windows,
    int perWindow,
    double straggle,
    int batch,
    double stickiness,
    Map<Answer, Double> answers,
    int sealers,
    double outOfOrder,
    double reseal,
    int compactions,
    int expiries,
    int foreignCompactions,
    int foreignInserts,
    int rollbacks,
    double doubles,
    int retirements,
    int mergeManifests) {

  static Profile draw(Random random) {
    TableContract contract = contract(random);
    return new Profile(
        contract,
        contract.layout() == OpenLayout.EVENTS ? 1 + random.nextInt(2) : 1,
        2 + random.nextInt(3),
        3 + random.nextInt(4),
        some(random, 0.3),
        2 + random.nextInt(6),
        random.nextInt(3) == 0 ? 0.97 : random.nextDouble() * 0.9,
        answers(random),
        random.nextInt(3),
        some(random, 0.5),
        some(random, 0.5),
        some(random, 3),
        some(random, 3),
        some(random, 3),
        random.nextInt(5) == 0 ? 1 : 0,
        random.nextInt(4) == 0 ? 1 + random.nextInt(2) : 0,
        some(random, 0.2),
        random.nextInt(4) == 0 ? 1 : 0,
        random.nextInt(3) == 0 ? 2 : 5);
  }

  private static TableContract contract(Random random) {
    var builder =
        TableContract.builder()
            .key("campaign", Types.LongType.get())
            .measure("clicks", Types.LongType.get(), new Merge.Sum())
            .layout(random.nextBoolean() ? OpenLayout.CELLS : OpenLayout.EVENTS);
    if (random.nextBoolean()) {
      builder.cells(2, "campaign");
    }
    LocalDate origin =
        random.nextBoolean() ? LocalDate.EPOCH.minusDays(2) : LocalDate.of(2023, 11, 3);
    return switch (random.nextInt(3)) {
      case 0 ->
          builder.period("hour", Grain.HOUR).window(WindowUnit.DAY, ZoneOffset.UTC, origin).build();
      case 1 ->
          builder
              .period("hour", Grain.HOUR)
              .window(WindowUnit.DAY, ZoneId.of("America/New_York"), origin)
              .build();
      default ->
          builder
              .period("minute", Grain.MINUTE)
              .window(WindowUnit.HOUR, ZoneOffset.UTC, origin)
              .build();
    };
  }

  private static Map<Answer, Double> answers(Random random) {
    Map<Answer, Double> answers = new EnumMap<>(Answer.class);
    double level = random.nextDouble() * 0.2;
    for (Answer answer : Answer.values()) {
      answers.put(answer, some(random, level));
    }
    answers.remove(Answer.TRUE);
    return answers;
  }

  private static double some(Random random, double most) {
    return random.nextBoolean() ? 0 : random.nextDouble() * most;
  }

  private static int some(Random random, int most) {
    return random.nextBoolean() ? 0 : 1 + random.nextInt(most);
  }

  /** Returns the length of a period in microseconds. */
  long grain() {
    return contract.period().grain() == Grain.MINUTE ? 60_000_000L : 3_600_000_000L;
  }
}
