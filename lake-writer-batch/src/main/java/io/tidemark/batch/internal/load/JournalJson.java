package io.tidemark.batch.internal.load;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.iceberg.ContentFileParser;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.util.JsonUtil;

/** The entries of a journal as JSON texts. */
record JournalJson(Map<Integer, PartitionSpec> specs) {

  private static final String FINGERPRINT = "fingerprint";
  private static final String WRITTEN_AT = "written-at";
  private static final String RANGES = "ranges";
  private static final String RANGE = "range";
  private static final String ROWS = "rows";
  private static final String PROOF = "proof";
  private static final String NULLS = "nulls";
  private static final String COUNTED = "counted";
  private static final String FILES = "files";

  String write(JournalEntry entry) {
    return JsonUtil.generate(json -> write(entry, json), false);
  }

  private void write(JournalEntry entry, JsonGenerator json) throws IOException {
    json.writeStartObject();
    json.writeStringField(FINGERPRINT, entry.fingerprint());
    json.writeNumberField(WRITTEN_AT, entry.writtenAt());
    json.writeArrayFieldStart(RANGES);
    for (JournalEntry.Range range : entry.ranges()) {
      json.writeStartObject();
      json.writeStringField(RANGE, range.text());
      json.writeNumberField(ROWS, range.rows());
      json.writeStringField(PROOF, range.proof());
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeNumberField(NULLS, entry.nulls());
    JsonUtil.writeStringArray(COUNTED, entry.counted(), json);
    json.writeArrayFieldStart(FILES);
    for (DataFile file : entry.files()) {
      ContentFileParser.toJson(file, specs.get(file.specId()), json);
    }
    json.writeEndArray();
    json.writeEndObject();
  }

  /**
   * Reads an entry.
   *
   * @throws RuntimeException of Iceberg's kinds if it is cut short or no entry
   */
  JournalEntry read(String text) {
    return JsonUtil.parse(text, this::entry);
  }

  private JournalEntry entry(JsonNode json) {
    return new JournalEntry(
        JsonUtil.getString(FINGERPRINT, json),
        JsonUtil.getLong(WRITTEN_AT, json),
        ranges(JsonUtil.get(RANGES, json)),
        JsonUtil.getLong(NULLS, json),
        JsonUtil.getStringSet(COUNTED, json),
        files(JsonUtil.get(FILES, json)));
  }

  private static List<JournalEntry.Range> ranges(JsonNode json) {
    List<JournalEntry.Range> ranges = new ArrayList<>();
    for (JsonNode range : json) {
      ranges.add(
          new JournalEntry.Range(
              JsonUtil.getString(RANGE, range),
              JsonUtil.getLong(ROWS, range),
              JsonUtil.getString(PROOF, range)));
    }
    return ranges;
  }

  private List<DataFile> files(JsonNode json) {
    List<DataFile> files = new ArrayList<>();
    for (JsonNode file : json) {
      files.add((DataFile) ContentFileParser.fromJson(file, specs));
    }
    return files;
  }
}
