package org.iommuref.model.mock;

import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;
import org.iommuref.model.iommufd.shared.Shared;
import org.iommuref.spec.access.Iova;
import org.iommuref.spec.backend.DomainGeometry;
import org.iommuref.spec.backend.Gather;
import org.iommuref.spec.backend.Prot;
import org.iommuref.spec.errno.Errno;
import org.iommuref.spec.errno.Result;
import org.jspecify.annotations.Nullable;

/**
 * A page table of the AMD format with pages of 2 KiB: three levels, 38 bits of IOVA, 51 bits of
 * physical address. Linux: generic_pt with AMDV1_IOMMUFD_SELFTEST.
 */
final class MockPageTable {

  static final int ADDRESS_BITS = 38;
  static final int OUTPUT_BITS = 51;

  private final DomainGeometry geometry;
  private final Shared shared;
  private final TreeMap<Long, MockLeaf> leaves = new TreeMap<>();
  private boolean recordingWrites;

  MockPageTable(DomainGeometry geometry, Shared shared) {
    this.geometry = geometry;
    this.shared = shared;
  }

  /** The way to its entries, and to whether it records writes. */
  Shared shared() {
    return shared;
  }

  DomainGeometry geometry() {
    return geometry;
  }

  /** The entry that maps an address, or null. */
  @Nullable MockLeaf leafAt(long iova) {
    Map.Entry<Long, MockLeaf> below = leaves.floorEntry(iova);
    return below == null || below.getValue().last() < iova ? null : below.getValue();
  }

  /** The physical address of an IOVA, 0 if there is none. */
  long translate(long iova) {
    MockLeaf leaf = leafAt(iova);
    return leaf == null ? 0 : leaf.translate(iova);
  }

  /** map_range: maps with the largest pages that fit; an error tells what was mapped before. */
  Result<Long> map(long iova, long paddr, long size, Prot prot) {
    Errno refusal = refusal(iova, paddr, size, prot);
    if (refusal != null) {
      return Result.err(refusal);
    }
    long mapped = 0;
    while (mapped != size) {
      long at = iova + mapped;
      int sizeLog2 = bestSize(at, paddr + mapped, size - mapped);
      if (isOccupied(at, 1L << sizeLog2)) {
        return Result.err(Errno.EADDRINUSE, mapped);
      }
      leaves.put(at, new MockLeaf(at, paddr + mapped, sizeLog2, prot));
      mapped += 1L << sizeLog2;
    }
    return Result.ok(mapped);
  }

  /** unmap_range: removes up to the first hole; nothing where it begins inside a larger entry. */
  long unmap(long iova, long size, Gather gather) {
    long last = iova + size - 1;
    if (size == 0 || last < iova || isBeyond(last)) {
      return 0;
    }
    long at = iova;
    while (at <= last && at >= iova) {
      MockLeaf leaf = leaves.remove(at);
      if (leaf == null) {
        break;
      }
      at += leaf.size();
    }
    gather.addRange(new Iova(iova), at - iova);
    return at - iova;
  }

  /** The entries that meet a range, by ascending address. */
  Collection<MockLeaf> leavesIn(long iova, long last) {
    MockLeaf first = leafAt(iova);
    return leaves.subMap(first == null ? iova : first.iova(), true, last, true).values();
  }

  /** Whether it records what devices write. */
  boolean isRecordingWrites() {
    return recordingWrites;
  }

  void recordWrites(boolean enable) {
    recordingWrites = enable;
  }

  private @Nullable Errno refusal(long iova, long paddr, long size, Prot prot) {
    if (prot == Prot.NONE) {
      return Errno.EINVAL;
    }
    if (paddr >>> OUTPUT_BITS != 0) {
      return Errno.ERANGE;
    }
    if (size == 0) {
      return Errno.EINVAL;
    }
    long last = iova + size - 1;
    if (Long.compareUnsigned(last, iova) < 0) {
      return Errno.EOVERFLOW;
    }
    if (bestSize(iova, paddr, size) < 0) {
      return Errno.ENXIO;
    }
    return isBeyond(last) ? Errno.ERANGE : null;
  }

  /** The logarithm of the largest page that fits, or -1. */
  private int bestSize(long iova, long paddr, long size) {
    long limit = iova | paddr | Long.highestOneBit(size);
    long fitting = Long.lowestOneBit(limit);
    long sizes = geometry.pageSizes() & (fitting | (fitting - 1));
    return sizes == 0 ? -1 : Long.SIZE - 1 - Long.numberOfLeadingZeros(sizes);
  }

  private boolean isOccupied(long iova, long size) {
    Map.Entry<Long, MockLeaf> below = leaves.floorEntry(iova + size - 1);
    return below != null && below.getValue().last() >= iova;
  }

  private static boolean isBeyond(long address) {
    return address >>> ADDRESS_BITS != 0;
  }
}
