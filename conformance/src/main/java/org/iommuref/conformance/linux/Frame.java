package org.iommuref.conformance.linux;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.iommuref.spec.iommufd.Processes;
import org.jspecify.annotations.Nullable;

/** A page that an implementation has pinned or seen: how often it is pinned, and where it shows. */
final class Frame {

  private static final int PLACES = 4;

  private final List<Place> places = new ArrayList<>();
  private int pins;
  private byte @Nullable [] kept;

  /** Where what a page holds can be read and written. */
  interface Place {

    /** Reads; null if the place does not show the page any more. */
    byte @Nullable [] read(int offset, int length);

    /** Writes; returns whether the place could. */
    boolean write(int offset, byte[] bytes);
  }

  /** Counts pins, up or down. */
  void pin(int change) {
    pins += change;
    if (pins < 0) {
      throw new IllegalStateException("a frame is unpinned more often than it was pinned");
    }
  }

  /** How often the page is pinned. */
  int pins() {
    return pins;
  }

  /** The page shows at a place; it is asked before those that were named earlier. */
  void showsAt(Place place) {
    places.remove(place);
    places.add(0, place);
    if (places.size() > PLACES) {
      places.remove(PLACES);
    }
    kept = null;
  }

  /** Whether the page shows at a place of that kind. */
  boolean shows(Predicate<Place> which) {
    return places.stream().anyMatch(which);
  }

  /** Places cease to show the page; what a pinned page holds is kept if no other place shows it. */
  void leave(Predicate<Place> which) {
    if (pins > 0 && kept == null && places.stream().allMatch(which)) {
      kept = read(0, Processes.PAGE_SIZE);
    }
    places.removeIf(which);
  }

  /** Whether nothing needs the record. */
  boolean isIdle() {
    return pins == 0;
  }

  /** Reads the page: zeros if what it held is lost with a process that was killed. */
  byte[] read(int offset, int length) {
    for (Place place : places) {
      byte[] bytes = place.read(offset, length);
      if (bytes != null) {
        return bytes;
      }
    }
    byte[] bytes = new byte[length];
    if (kept != null) {
      System.arraycopy(kept, offset, bytes, 0, length);
    }
    return bytes;
  }

  /** Writes the page. */
  void write(int offset, byte[] bytes) {
    for (Place place : places) {
      if (place.write(offset, bytes)) {
        return;
      }
    }
    if (kept != null) {
      System.arraycopy(bytes, 0, kept, offset, bytes.length);
    }
  }
}
