package org.iommuref.model.ideal;

import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.iommuref.spec.backend.DomainType;
import org.iommuref.spec.backend.Prot;
import org.jspecify.annotations.Nullable;

/**
 * A domain: its type, its pages in ascending order, and how many devices and PASIDs are attached to
 * it.
 */
final class IdealDomain {

  /** The number of no driver. */
  static final int ANY = -1;

  private final DomainType type;
  private final NavigableMap<Long, Leaf> leaves;
  private final @Nullable IdealDomain parent;
  private int driver = ANY;
  private boolean enforcesCoherency;
  private boolean ended;
  private int users;

  IdealDomain(DomainType type) {
    this(type, new TreeMap<>(), null);
  }

  private IdealDomain(
      DomainType type, NavigableMap<Long, Leaf> leaves, @Nullable IdealDomain parent) {
    this.type = type;
    this.leaves = leaves;
    this.parent = parent;
  }

  /** A domain whose first stage hands every address on to the pages of this one. */
  IdealDomain nested() {
    attached(); // DOM-004: it must not be freed below the other
    return new IdealDomain(type, leaves, this);
  }

  /** It is freed. */
  void freed() {
    if (parent != null) {
      parent.detached();
    }
  }

  DomainType type() {
    return type;
  }

  /** The number of the driver whose format it has; -1 if any device will do. */
  int driver() {
    return driver;
  }

  void servedBy(int number) {
    driver = number;
  }

  /** Whether it makes the writes of its devices coherent whatever they ask for. */
  boolean enforcesCoherency() {
    return enforcesCoherency;
  }

  void enforceCoherency() {
    enforcesCoherency = true;
  }

  /** Whether its table has ended: nothing is there any more, and that is no news. */
  boolean hasEnded() {
    return ended;
  }

  void end() {
    ended = true;
  }

  boolean isAttached() {
    return users > 0;
  }

  void attached() {
    users++;
  }

  void detached() {
    users--;
  }

  /**
   * The page that holds an address, or null. Pages are disjoint, so only the last that begins
   * before it can.
   */
  @Nullable Leaf leafAt(long address) {
    Map.Entry<Long, Leaf> below = leaves.floorEntry(address);
    return below == null || below.getValue().end() <= address ? null : below.getValue();
  }

  /** Maps pages one after the other up to the first that is occupied; returns the bytes mapped. */
  long map(long iova, long paddr, long pageSize, long count, Prot prot) {
    for (long done = 0; done < count; done++) {
      long offset = done * pageSize;
      if (isOccupied(iova + offset, pageSize)) {
        return offset;
      }
      leaves.put(iova + offset, new Leaf(iova + offset, paddr + offset, pageSize, prot));
    }
    return count * pageSize;
  }

  /**
   * Removes the page that begins at an address and returns its size in bytes: 0 where none begins.
   */
  long remove(long iova) {
    Leaf leaf = leaves.remove(iova);
    return leaf == null ? 0 : leaf.size();
  }

  private boolean isOccupied(long iova, long size) {
    Map.Entry<Long, Leaf> below = leaves.lowerEntry(iova + size);
    return below != null && below.getValue().end() > iova;
  }
}
