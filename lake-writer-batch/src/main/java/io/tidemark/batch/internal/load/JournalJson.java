package io.tidemark.batch.internal.load;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import io.tidemark.batch.internal.postgres.copy.SnapshotMark;
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
  private static final String DATABASE = "database";
  private static final String OLDEST = "oldest-transaction";
  private static final String NEXT = "next-transaction";
  private static final String STANDBY = "standby";
  private static final String RANGES = "ranges";
  private static final String LEAF = "relation";
  private static final String FROM = "from-page";
  private static final String TO = "to-page";
  private static final String ROWS = "rows";
  private static final String NULLS = "nulls";
  private static final String COUNTED = "counted";
  private static final String FILES = "files";

  String write(JournalEntry entry) {
    return JsonUtil.generate(json -> write(entry, json), false);
  }

  private void write(JournalEntry entry, JsonGenerator json) throws IOException {
    json.writeStartObject();
    json.writeStringField(FINGERPRINT, entry.fingerprint());
    json.writeStringField(DATABASE, entry.mark().database());
    json.writeNumberField(OLDEST, entry.mark().oldest());
    json.writeNumberField(NEXT, entry.mark().next());
    json.writeBooleanField(STANDBY, entry.mark().standby());
    json.writeArrayFieldStart(RANGES);
    for (JournalEntry.Range range : entry.ranges()) {
      json.writeStartObject();
      json.writeStringField(LEAF, range.leaf());
      json.writeNumberField(FROM, range.fromPage());
      json.writeNumberField(TO, range.toPage());
      json.writeNumberField(ROWS, range.rows());
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
        new SnapshotMark(
            JsonUtil.getString(DATABASE, json),
            JsonUtil.getLong(OLDEST, json),
            JsonUtil.getLong(NEXT, json),
            JsonUtil.getBool(STANDBY, json)),
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
              JsonUtil.getString(LEAF, range),
              JsonUtil.getLong(FROM, range),
              JsonUtil.getLong(TO, range),
              JsonUtil.getLong(ROWS, range)));
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
