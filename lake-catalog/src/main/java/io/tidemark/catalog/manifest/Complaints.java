package io.tidemark.catalog.manifest;

import io.tidemark.catalog.InvalidRequestException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

/** All that is wrong with one manifest, so that one reading tells all of it. */
final class Complaints {

  private record Complaint(int line, String text) {}

  private final String file;
  private final List<Complaint> complaints = new ArrayList<>();

  Complaints(String file) {
    this.file = file;
  }

  /** Records a complaint about a line, counted from 1. */
  void add(int line, String text) {
    complaints.add(new Complaint(line, text));
  }

  void throwIfAny() {
    if (!complaints.isEmpty()) {
      throw new InvalidRequestException("Cannot use manifest %s:%n%s".formatted(file, inOrder()));
    }
  }

  private String inOrder() {
    return complaints.stream()
        .sorted(Comparator.comparingInt(Complaint::line))
        .map(c -> "%s:%d: %s".formatted(file, c.line(), c.text()))
        .distinct()
        .collect(Collectors.joining("\n"));
  }
}
