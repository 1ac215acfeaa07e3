package io.tidemark.catalog.simulation;

import io.tidemark.catalog.commit.Publish;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a streaming job saves: where it is, what it holds, and the publish it has yet to commit.
 *
 * @param position the source position
 * @param images the rows of every open cell, where the layout is one of images
 * @param intended the publish that belongs to this checkpoint
 * @param contributions the events in it, by cell
 */
record Checkpoint(
    int position,
    SortedMap<Cell, List<Row>> images,
    Ledger.Intended intended,
    Map<Cell, Long> contributions) {

  Checkpoint {
    SortedMap<Cell, List<Row>> copy = new TreeMap<>();
    images.forEach((cell, rows) -> copy.put(cell, List.copyOf(rows)));
    images = copy;
    contributions = Map.copyOf(contributions);
  }

  Publish publish() {
    return intended.publish();
  }
}
