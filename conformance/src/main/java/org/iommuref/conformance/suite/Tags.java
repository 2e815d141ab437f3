package org.iommuref.conformance.suite;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.iommuref.conformance.target.DataMemory;
import org.iommuref.model.oracle.Landing;
import org.iommuref.spec.access.AccessKind;
import org.iommuref.spec.access.AccessOutcome;
import org.iommuref.spec.access.DeviceAccess;
import org.iommuref.spec.backend.DomainType;
import org.iommuref.spec.memory.PhysAddr;
import org.iommuref.spec.operation.AllocateDomain;
import org.iommuref.spec.operation.AllocateNested;
import org.iommuref.spec.operation.CoreAllocateDomain;
import org.iommuref.spec.operation.CoreMap;
import org.iommuref.spec.operation.MapPages;
import org.iommuref.spec.operation.Operation;
import org.iommuref.spec.operation.ReadMemory;
import org.iommuref.spec.operation.Reply;
import org.iommuref.spec.operation.WriteMemory;

/**
 * Tags in memory, by which the value read and the page written show which translation was used.
 *
 * <p>Before an access, every word that it could reach by any mapping of the case holds its own
 * address under a mark; after a write the same words tell where it landed.
 */
final class Tags {

  private static final long MARK = 0xa5a5L << 48;
  private static final long ADDRESS = (1L << 48) - 1;
  private static final int PAGE_OFFSET = 0xfff;
  private static final long PAGE = PAGE_OFFSET + 1L;

  private record Range(long iova, long size, long paddr) {}

  private final List<Range> ranges = new ArrayList<>();
  private final Set<Long> written = new HashSet<>();
  private boolean identity;
  private boolean nests;

  private final DataMemory memory;

  Tags(Case given, DataMemory memory) {
    this.memory = memory;
    for (CaseStep step : given.steps()) {
      Operation<?> operation = step.operation();
      if (operation instanceof MapPages map) {
        ranges.add(
            new Range(map.iova().bytes(), map.pageSize() * map.count(), map.paddr().bytes()));
      } else if (operation instanceof CoreMap map) {
        ranges.add(new Range(map.iova().bytes(), map.size(), map.paddr().bytes()));
      } else if (operation instanceof AllocateDomain allocate) {
        identity |= allocate.type() == DomainType.IDENTITY;
      } else if (operation instanceof WriteMemory write) {
        written.add(write.address().bytes() & -PAGE);
      } else if (operation instanceof AllocateNested) {
        nests = true;
      } else if (operation instanceof CoreAllocateDomain allocate) {
        identity |= allocate.type() == DomainType.IDENTITY;
      }
    }
  }

  /** The words of data memory that an access at {@code iova} could reach, ascending. */
  List<Long> candidates(long iova) {
    TreeSet<Long> words = new TreeSet<>();
    for (Range range : ranges) {
      long offset = iova - range.iova();
      if (Long.compareUnsigned(offset, range.size()) < 0) {
        words.add(range.paddr() + offset);
      }
      words.add((range.paddr() & ~(long) PAGE_OFFSET) | (iova & PAGE_OFFSET));
    }
    if (identity) {
      words.add(iova);
    }
    words.removeIf(word -> nests && written.contains(word & -PAGE)); // tables of the user
    words.removeIf(word -> Long.compareUnsigned(word - memory.base(), memory.size()) >= 0);
    return List.copyOf(words);
  }

  /** Writes the tags that an access needs. */
  static List<Operation<?>> plant(List<Long> words) {
    List<Operation<?>> operations = new ArrayList<>();
    words.forEach(word -> operations.add(new WriteMemory(new PhysAddr(word), MARK | word)));
    return operations;
  }

  /** Reads the words back, where the access may have changed one. */
  static List<Operation<?>> readBack(DeviceAccess access, List<Long> words) {
    List<Operation<?>> operations = new ArrayList<>();
    if (access.kind() == AccessKind.WRITE) {
      words.forEach(word -> operations.add(new ReadMemory(new PhysAddr(word))));
    }
    return operations;
  }

  /** Where the access landed. */
  static Landing landing(
      DeviceAccess access, AccessOutcome outcome, List<Long> words, List<Reply<?>> readBack) {
    if (access.kind() == AccessKind.WRITE) {
      return landingOfWrite(access, outcome, words, readBack);
    }
    if (!(outcome instanceof AccessOutcome.Completed completed)) {
      return new Landing.Blocked();
    }
    if (access.kind() == AccessKind.ZERO_LENGTH_READ) {
      return new Landing.Somewhere();
    }
    long data = completed.data();
    return (data & ~ADDRESS) == MARK
        ? new Landing.At(new PhysAddr(data & ADDRESS))
        : new Landing.Unknown("it read 0x" + Long.toHexString(data));
  }

  private static Landing landingOfWrite(
      DeviceAccess access, AccessOutcome outcome, List<Long> words, List<Reply<?>> readBack) {
    for (int i = 0; i < words.size(); i++) {
      if (readBack.get(i) instanceof Reply.Ok<?> ok && ok.value().equals(access.value())) {
        return new Landing.At(new PhysAddr(words.get(i)));
      }
    }
    return outcome instanceof AccessOutcome.Completed
        ? new Landing.Unknown("no page of the run holds what was written")
        : new Landing.Blocked();
  }
}
