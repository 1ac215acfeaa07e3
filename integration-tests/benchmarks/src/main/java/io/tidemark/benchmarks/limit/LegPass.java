package io.tidemark.benchmarks.limit;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tidemark.benchmarks.measure.Meter;

/**
 * One pass of a leg over all rows, without the start of its JVM.
 *
 * @param leg which leg
 * @param pass 1 is cold, later ones find compiled code
 */
public record LegPass(
    String leg,
    int pass,
    @JsonProperty("wall_s") double wall,
    @JsonProperty("client_cpu_s") double clientCpu,
    @JsonProperty("server_cpu_s") double serverCpu) {
  private static final ObjectMapper JSON = new ObjectMapper();

  double cpu() {
    return clientCpu + serverCpu;
  }

  /** Tells the parent process, in one line of standard output. */
  static void print(String leg, int pass, Meter meter) throws JsonProcessingException {
    LegPass measured =
        new LegPass(
            leg, pass, meter.wallSeconds(), meter.clientCpuSeconds(), meter.serverCpuSeconds());
    System.out.println(JSON.writeValueAsString(measured));
  }

  static LegPass parse(String line) {
    try {
      return JSON.readValue(line, LegPass.class);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("Cannot read a leg's measurement: " + line, e);
    }
  }
}
