package org.iommuref.model.iommufd.pages;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The ranges that accesses have pinned; equal ones count as one. Linux: access_itree. */
final class AccessRanges {

  private final Map<Key, Users> ranges = new HashMap<>();

  private record Key(long first, long last) {}

  private static final class Users {

    private final PageRange range;
    private int count;

    private Users(PageRange range) {
      this.range = range;
    }
  }

  /** Counts one more user of a range; false if nobody uses it yet. */
  boolean join(long first, long last) {
    Users users = ranges.get(new Key(first, last));
    if (users != null) {
      users.count++;
    }
    return users != null;
  }

  /** Notes the first user of a range. */
  void begin(PageRange range) {
    Users users = new Users(range);
    users.count = 1;
    ranges.put(new Key(range.first(), range.last()), users);
  }

  /** The ranges, each as often as it is used. */
  List<PageRange> all() {
    List<PageRange> all = new ArrayList<>();
    ranges.values().forEach(users -> all.addAll(Collections.nCopies(users.count, users.range)));
    return all;
  }

  /** Counts one user less; the range if it was the last, else null. */
  @Nullable PageRange leave(long first, long last) {
    Key key = new Key(first, last);
    Users users = ranges.get(key);
    if (users == null) {
      throw new IllegalStateException("no access has pinned pages " + first + " to " + last);
    }
    users.count--;
    if (users.count > 0) {
      return null;
    }
    ranges.remove(key);
    return users.range;
  }
}
