package io.tidemark.batch.internal.postgres;

import com.fasterxml.jackson.databind.JsonNode;
import io.tidemark.batch.internal.source.SourceRange;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.iceberg.util.JsonUtil;

/**
 * Part of a leaf: its rows in some of its pages.
 *
 * @param leaf the relation
 * @param fromPage the first page
 * @param toPage the page after the last one; {@link #OPEN} for all pages there are by then
 * @param bytes about how many bytes it takes in the database
 */
public record CopyRange(Leaf leaf, long fromPage, long toPage, long bytes)
    implements SourceRange, Copied {

  public static final long OPEN = Long.MAX_VALUE;

  private static final String RELATION = "relation";
  private static final String FROM = "from-page";
  private static final String TO = "to-page";

  /** Returns all of a leaf. */
  static CopyRange whole(Leaf leaf) {
    return new CopyRange(leaf, 0, OPEN, leaf.bytes());
  }

  /** Returns some pages of a leaf, with their share of its bytes. */
  public static CopyRange of(Leaf leaf, long fromPage, long toPage) {
    long pages = Math.max(0, Math.min(toPage, leaf.pages()) - fromPage);
    long bytes = leaf.pages() == 0 ? leaf.bytes() : leaf.bytes() / leaf.pages() * pages;
    return new CopyRange(leaf, fromPage, toPage, bytes);
  }

  /** Returns the range of one of the leaves that {@link #text()} told of, if it is there still. */
  static Optional<SourceRange> of(List<Leaf> leaves, String text) {
    return JsonUtil.parse(text, json -> of(leaves, json));
  }

  private static Optional<SourceRange> of(List<Leaf> leaves, JsonNode json) {
    String identity = JsonUtil.getString(RELATION, json);
    return leaves.stream()
        .filter(leaf -> identity.equals(leaf.identity()))
        .findFirst()
        .map(leaf -> of(leaf, JsonUtil.getLong(FROM, json), JsonUtil.getLong(TO, json)));
  }

  /** Tells of the leaf by its identity, which it has where a range can be proven unchanged. */
  @Override
  public String text() {
    return JsonUtil.generate(
        json -> {
          json.writeStartObject();
          json.writeStringField(RELATION, leaf.identity());
          json.writeNumberField(FROM, fromPage);
          json.writeNumberField(TO, toPage);
          json.writeEndObject();
        },
        false);
  }

  @Override
  public boolean overlaps(SourceRange other) {
    CopyRange range = (CopyRange) other;
    return leaf.equals(range.leaf) && fromPage < range.toPage && range.fromPage < toPage;
  }

  /** Returns the condition on the rows of the range, if there is one. */
  String where() {
    List<String> conditions = conditions();
    return conditions.isEmpty() ? "" : " WHERE " + String.join(" AND ", conditions);
  }

  @Override
  public String from() {
    return leaf.from();
  }

  @Override
  public List<String> conditions() {
    List<String> conditions = new ArrayList<>();
    if (fromPage > 0) {
      conditions.add("ctid >= " + firstOf(fromPage));
    }
    if (toPage != OPEN) {
      conditions.add("ctid < " + firstOf(toPage));
    }
    return conditions;
  }

  private static String firstOf(long page) {
    return "CAST('(%d,0)' AS tid)".formatted(page);
  }

  @Override
  public String toString() {
    return "%s pages %d to %s"
        .formatted(leaf.from(), fromPage, toPage == OPEN ? "the end" : toPage);
  }
}
