package org.iommuref.model.mutant;

import static org.iommuref.spec.spi.Topology.FIRST;
import static org.iommuref.spec.spi.Topology.SECOND;

import java.util.List;
import java.util.Random;
import org.iommuref.spec.access.AccessKind;
import org.iommuref.spec.access.DeviceAccess;
import org.iommuref.spec.access.Iova;
import org.iommuref.spec.access.Pasid;
import org.iommuref.spec.access.Rid;
import org.iommuref.spec.backend.DomainId;
import org.iommuref.spec.backend.DomainType;
import org.iommuref.spec.backend.Prot;
import org.iommuref.spec.core.GroupId;
import org.iommuref.spec.errno.Errno;
import org.iommuref.spec.memory.PhysAddr;
import org.iommuref.spec.operation.Access;
import org.iommuref.spec.operation.AllocateDomain;
import org.iommuref.spec.operation.Attach;
import org.iommuref.spec.operation.CoreAllocateDomain;
import org.iommuref.spec.operation.CoreAttachDevice;
import org.iommuref.spec.operation.CoreAttachGroup;
import org.iommuref.spec.operation.CoreAttachPasid;
import org.iommuref.spec.operation.CoreClaimOwner;
import org.iommuref.spec.operation.CoreDetachDevice;
import org.iommuref.spec.operation.CoreDetachGroup;
import org.iommuref.spec.operation.CoreDetachPasid;
import org.iommuref.spec.operation.CoreFreeDomain;
import org.iommuref.spec.operation.CoreIovaToPhys;
import org.iommuref.spec.operation.CoreMap;
import org.iommuref.spec.operation.CoreReleaseOwner;
import org.iommuref.spec.operation.CoreReplaceGroup;
import org.iommuref.spec.operation.CoreReplacePasid;
import org.iommuref.spec.operation.CoreUnmap;
import org.iommuref.spec.operation.CoreUnuseDefault;
import org.iommuref.spec.operation.CoreUseDefault;
import org.iommuref.spec.operation.FailNextAttach;
import org.iommuref.spec.operation.FreeDomain;
import org.iommuref.spec.operation.IovaToPhys;
import org.iommuref.spec.operation.MapPages;
import org.iommuref.spec.operation.Operation;
import org.iommuref.spec.operation.Probe;
import org.iommuref.spec.operation.RemovePasid;
import org.iommuref.spec.operation.SetPasid;
import org.iommuref.spec.operation.Sync;
import org.iommuref.spec.operation.SyncMap;
import org.iommuref.spec.operation.TakeFaults;
import org.iommuref.spec.operation.UnmapPages;
import org.jspecify.annotations.Nullable;

/** Calls over few devices, domains and pages, so that they meet often. */
final class RandomOperations {

  static final long PAGE = 0x1000;
  static final long LARGE = 0x20_0000;
  static final long DATA = 0x4000_0000;

  private static final long APERTURE = 1L << 48;
  private static final List<Long> SIZES = List.of(PAGE, PAGE, PAGE, LARGE);

  private final Random random;
  private final boolean crowded;

  /** One seed in four makes many accesses between readings of faults, so that records overflow. */
  RandomOperations(long seed) {
    this.random = new Random(seed);
    this.crowded = seed % 4 == 3;
  }

  /** A call at seam 2, an access, or a reading of faults. */
  Operation<?> ofBackend() {
    return crowded && random.nextBoolean() ? access() : callOfBackend();
  }

  private Operation<?> callOfBackend() {
    long size = pick(SIZES);
    return switch (random.nextInt(22)) {
      case 0 -> new Probe(device());
      case 1 -> new AllocateDomain(domain(), type());
      case 2 -> new FreeDomain(domain());
      case 3, 4 -> new Attach(device(), domain(), maybeDomain());
      case 5, 6, 7 -> new MapPages(domain(), iova(size), paddr(size), size, count(size), prot());
      case 8, 9 -> new UnmapPages(domain(), iova(size), size, count(size), 0);
      case 10 -> new Sync(domain(), 0);
      case 11, 17, 18 -> new SetPasid(device(), pasid(), domain(), maybeDomain());
      case 12 -> new RemovePasid(device(), pasid(), domain());
      case 13 -> new IovaToPhys(domain(), iova(8));
      case 14 -> new FailNextAttach(device(), Errno.ENOSPC);
      case 15, 16 -> new SyncMap(domain(), new Iova(0), APERTURE);
      default -> access();
    };
  }

  /** A call of the core, an access, or a reading of faults. */
  Operation<?> ofCore() {
    return switch (random.nextInt(27)) {
      case 0, 1 -> new CoreAllocateDomain(domain(), type());
      case 2 -> new CoreFreeDomain(domain());
      case 3 -> new CoreAttachDevice(device(), domain());
      case 4 -> new CoreDetachDevice(device(), domain());
      case 5, 6 -> new CoreAttachGroup(group(), domain());
      case 7 -> new CoreReplaceGroup(group(), domain());
      case 8 -> new CoreDetachGroup(group(), domain());
      case 9 -> new CoreClaimOwner(device(), random.nextInt(3));
      case 10 -> new CoreReleaseOwner(device());
      case 11 -> new CoreUseDefault(device());
      case 12 -> new CoreUnuseDefault(device());
      case 13, 14 -> new CoreAttachPasid(device(), pasid(), domain());
      case 15 -> new CoreReplacePasid(device(), pasid(), domain());
      case 16 -> new CoreDetachPasid(device(), pasid(), domain());
      case 17, 18, 19 -> new CoreMap(domain(), iova(8), paddr(8), size(), prot());
      case 20, 21 -> new CoreUnmap(domain(), iova(8), size());
      case 22 -> new CoreIovaToPhys(domain(), iova(8));
      case 23 -> new FailNextAttach(device(), Errno.ENOSPC);
      default -> access();
    };
  }

  private Operation<?> access() {
    if (random.nextInt(crowded ? 40 : 4) == 0) {
      return new TakeFaults();
    }
    AccessKind kind =
        pick(
            List.of(
                AccessKind.READ,
                AccessKind.READ,
                AccessKind.WRITE,
                AccessKind.ATOMIC,
                AccessKind.ZERO_LENGTH_READ));
    long value = kind == AccessKind.WRITE || kind == AccessKind.ATOMIC ? 1 + random.nextInt(7) : 0;
    DeviceAccess access =
        new DeviceAccess(device(), null, iova(PAGE).plus(8L * random.nextInt(9)), kind, value);
    return new Access(random.nextInt(4) == 0 ? access.with(pasid()) : access);
  }

  private int count(long size) {
    return size == LARGE ? 1 : 1 + random.nextInt(3);
  }

  private long size() {
    long pages = (1 + random.nextInt(4)) * PAGE;
    return switch (random.nextInt(5)) {
      case 0 -> LARGE;
      case 1 -> LARGE + pages;
      case 2 -> random.nextInt(4) == 0 ? pages + 8 : pages;
      default -> pages;
    };
  }

  private Iova iova(long alignment) {
    long page = (random.nextInt(12) - 4) * PAGE;
    long at =
        switch (random.nextInt(16)) {
          case 0 -> APERTURE - PAGE;
          case 1 -> APERTURE + DATA;
          case 2 -> DATA + page;
          default -> 2 * LARGE + page;
        };
    return new Iova(alignment == 8 && random.nextInt(8) == 0 ? at + 8 : at & -alignment);
  }

  private PhysAddr paddr(long alignment) {
    if (alignment == LARGE) {
      return new PhysAddr(DATA + LARGE);
    }
    long page = DATA + LARGE + (random.nextInt(12) - 4) * PAGE;
    return new PhysAddr(alignment == 8 && random.nextInt(16) == 0 ? page + 8 : page & -alignment);
  }

  private Rid device() {
    return random.nextInt(3) == 0 ? SECOND : FIRST;
  }

  private GroupId group() {
    return new GroupId(random.nextInt(3) == 0 ? 1 : 0);
  }

  private DomainId domain() {
    return new DomainId(1 + random.nextInt(3));
  }

  private @Nullable DomainId maybeDomain() {
    return random.nextInt(3) == 0 ? null : domain();
  }

  private Pasid pasid() {
    return new Pasid(pick(List.of(1, 1, 5, 5, 0, 1024)));
  }

  private DomainType type() {
    return random.nextInt(5) == 0
        ? pick(List.of(DomainType.BLOCKED, DomainType.IDENTITY))
        : DomainType.PAGING;
  }

  private Prot prot() {
    return pick(
        List.of(
            Prot.READ_WRITE, Prot.READ_WRITE, Prot.READ_WRITE, Prot.READ, Prot.WRITE, Prot.NONE));
  }

  private <T> T pick(List<T> values) {
    return values.get(random.nextInt(values.size()));
  }
}
