package org.iommuref.conformance.scenario;

import java.util.Map;
import org.iommuref.spec.errno.Errno;
import org.jspecify.annotations.Nullable;

/**
 * What a system call came to.
 *
 * @param errno why it failed, or null
 * @param word what it came to if it has no number to show
 * @param shown the number that it shows, or null
 */
record Came(@Nullable Errno errno, String word, @Nullable Long shown) {

  static final Came DONE = new Came(null, "done", null);

  static Came failed(@Nullable Errno errno) {
    return new Came(errno, String.valueOf(errno), null);
  }

  static Came said(String word) {
    return new Came(null, word, null);
  }

  boolean succeeded() {
    return errno == null;
  }

  /** In the words of an outcome: an errno; a number, by its name if it has one; or the word. */
  String word(Map<Long, String> values) {
    if (shown == null) {
      return word;
    }
    return values.getOrDefault(shown, Long.toUnsignedString(shown));
  }
}
