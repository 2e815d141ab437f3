package org.iommuref.model.oracle;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Writes that were issued and translated but may not have taken effect, and what memory may hold
 * because of them.
 *
 * <p>INV-002: when a sync returns, the effects that went through what it released lie behind it.
 */
final class HeldWrites {

  /**
   * Where a held write may land: the mapping that it was translated by, and the address it gave.
   */
  record Place(DomainState domain, Leaf leaf, long address) {}

  /** A write under way. */
  record Held(long value, List<Place> places) {}

  private final Map<Integer, Held> held = new HashMap<>();
  private final Map<Long, Set<Long>> words = new HashMap<>();

  void issue(int token, long value, List<Place> places) {
    held.put(token, new Held(value, new ArrayList<>(places)));
  }

  boolean isIssued(int token) {
    return held.containsKey(token);
  }

  /** The write of {@code token} has taken effect, wherever it could. */
  void finish(int token) {
    Held write = held.remove(token);
    if (write != null) {
      write.places().forEach(place -> mayHold(place.address(), write.value()));
    }
  }

  /** A sync released these mappings: what went through them has landed by now or never will. */
  void drain(DomainState domain, List<Leaf> released) {
    for (Held write : held.values()) {
      write
          .places()
          .removeIf(
              place -> {
                boolean drained = place.domain() == domain && released.contains(place.leaf());
                if (drained) {
                  mayHold(place.address(), write.value());
                }
                return drained;
              });
    }
  }

  /** Software wrote a word: earlier values are gone. */
  void written(long address, long value) {
    words.put(address, new TreeSet<>(Set.of(value)));
  }

  /** What the word may hold now; empty if nothing is known of it. */
  Set<Long> possible(long address) {
    Set<Long> values = new TreeSet<>(words.getOrDefault(address, Set.of()));
    for (Held write : held.values()) {
      if (write.places().stream().anyMatch(place -> place.address() == address)) {
        values.add(write.value());
      }
    }
    return values;
  }

  private void mayHold(long address, long value) {
    words.computeIfAbsent(address, a -> new TreeSet<>()).add(value);
  }
}
