package io.tidemark.maintenance.internal;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.tidemark.maintenance.Figure;
import io.tidemark.maintenance.MaintenanceReport;
import io.tidemark.maintenance.TaskReport;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;

/** A report as JSON. */
public final class ReportJson {

  private static final JsonFactory JSON = new JsonFactory();

  private ReportJson() {}

  /** Returns the report as one object. */
  public static String write(MaintenanceReport report) {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = JSON.createGenerator(text)) {
      json.writeStartObject();
      json.writeStringField("table", report.table());
      json.writeBooleanField("dry_run", report.dryRun());
      json.writeArrayFieldStart("tasks");
      for (TaskReport task : report.tasks()) {
        write(json, task);
      }
      json.writeEndArray();
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return text.toString();
  }

  private static void write(JsonGenerator json, TaskReport task) throws IOException {
    json.writeStartObject();
    json.writeStringField("task", task.task());
    json.writeNumberField("duration_ms", task.duration().toMillis());
    json.writeObjectFieldStart("figures");
    for (Figure figure : task.figures()) {
      json.writeObjectFieldStart(figure.name());
      json.writeNumberField("before", figure.before());
      json.writeNumberField("after", figure.after());
      json.writeEndObject();
    }
    json.writeEndObject();
    json.writeArrayFieldStart("skipped");
    for (TaskReport.Skipped skipped : task.skipped()) {
      json.writeStartObject();
      json.writeStringField("subject", skipped.subject());
      json.writeStringField("reason", skipped.reason());
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeArrayFieldStart("notes");
    for (String note : task.notes()) {
      json.writeString(note);
    }
    json.writeEndArray();
    if (task.failed()) {
      json.writeStringField("failure", String.valueOf(task.failure()));
    }
    json.writeEndObject();
  }
}
