package io.tidemark.spark;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.apache.spark.sql.SparkSession;

/**
 * Reads a {@link ReadRequest} as JSON from standard input and writes a {@link ReadAnswer} as JSON
 * to standard output. The request may hold credentials, so it is never an argument.
 */
public final class SparkReader {

  private static final ObjectMapper JSON =
      new ObjectMapper().enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES);

  private SparkReader() {}

  /** Ends with exit code 0, or 1 and a stack trace on standard error. */
  public static void main(String[] args) throws IOException {
    answer(System.in, System.out);
  }

  static void answer(InputStream request, OutputStream answer) throws IOException {
    JSON.writeValue(answer, read(JSON.readValue(request, ReadRequest.class)));
  }

  private static ReadAnswer read(ReadRequest request) throws IOException {
    try (SparkSession spark = CatalogSession.open(request.catalog(), request.zone())) {
      return new TableHistory(spark, request).read();
    }
  }
}
