package org.iommuref.model.oracle;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The words that software has written, with those that they held before: a unit may have read a
 * word of a user's table at any time since.
 *
 * <p>Time goes on by one with each write and each invalidation.
 */
final class GuestMemory {

  /** What a word held, until a time; {@link #NOW} for what it holds. */
  record Version(long value, long until) {

    boolean isCurrent() {
      return until == NOW;
    }
  }

  static final long NOW = Long.MAX_VALUE;
  private static final List<Version> EMPTY = List.of(new Version(0, NOW));

  private final Map<Long, List<Version>> words = new HashMap<>();
  private long time;

  long now() {
    return time;
  }

  long tick() {
    return ++time;
  }

  void write(long address, long value) {
    long at = tick();
    List<Version> versions = new ArrayList<>();
    for (Version version : versions(address)) {
      versions.add(version.isCurrent() ? new Version(version.value(), at) : version);
    }
    versions.add(new Version(value, NOW));
    words.put(address, versions);
  }

  /** What a word has held, the oldest first. */
  List<Version> versions(long address) {
    return words.getOrDefault(address, EMPTY);
  }
}
