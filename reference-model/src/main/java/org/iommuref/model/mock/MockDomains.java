package org.iommuref.model.mock;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.iommuref.model.iommufd.hwpt.HwptFlags;
import org.iommuref.model.iommufd.kernel.Allocations;
import org.iommuref.model.iommufd.shared.Lifetime;
import org.iommuref.model.iommufd.shared.Shared;
import org.iommuref.spec.backend.DomainGeometry;
import org.iommuref.spec.backend.DomainId;
import org.iommuref.spec.backend.DomainType;
import org.iommuref.spec.backend.UserData;
import org.iommuref.spec.errno.Errno;
import org.iommuref.spec.errno.Result;
import org.iommuref.spec.errno.Result.Done;
import org.jspecify.annotations.Nullable;

/** The domains of the mock driver. Linux: mock_domain_alloc_paging_flags. */
final class MockDomains {

  /** Every power of two from 2 KiB to 64 GiB. */
  static final long PAGE_SIZES = (1L << 37) - (1L << 11);

  private static final long HUGE_PAGE_SIZES = 1L << 20 | 1L << 12;
  private static final long APERTURE_START = 1L << 24;
  private static final long APERTURE_LAST = (1L << 31) - 1;

  private static final int DATA_NONE = 0;
  private static final int DATA_SELFTEST = 0xdead;
  private static final int DATA_MINIMUM = 4;
  private static final int DATA_SIZE = 8;
  private static final int TABLE_DEFAULT = 0;
  private static final int TABLE_HUGE = 1;
  private static final int KNOWN_FLAGS =
      HwptFlags.DIRTY_TRACKING | HwptFlags.NEST_PARENT | HwptFlags.PASID;

  private final Allocations allocations;
  private final Function<Lifetime, Shared> shared;
  private final Map<DomainId, MockPageTable> paging = new HashMap<>();

  /** No domain; {@code shared} is the way to what each of them holds. */
  MockDomains(Allocations allocations, Function<Lifetime, Shared> shared) {
    this.allocations = allocations;
    this.shared = shared;
  }

  /** A domain that blocks, or a paging domain without flags. */
  Result<Done> allocate(DomainId domain, DomainType type) {
    return switch (type) {
      case BLOCKED -> Result.done(); // it is static, and stands for all of them
      case IDENTITY -> Result.err(Errno.EOPNOTSUPP);
      case PAGING -> make(domain, TABLE_DEFAULT, false);
    };
  }

  Result<Done> allocatePaging(
      DomainId domain, MockDevice device, int flags, @Nullable UserData data) {
    boolean dirty = (flags & HwptFlags.DIRTY_TRACKING) != 0;
    if ((flags & ~KNOWN_FLAGS) != 0 || (dirty && !device.canTrackDirty())) {
      return Result.err(Errno.EOPNOTSUPP);
    }
    if (data == null) {
      return make(domain, TABLE_DEFAULT, dirty);
    }
    if (data.type() != DATA_SELFTEST && data.type() != DATA_NONE) {
      return Result.err(Errno.EOPNOTSUPP);
    }
    Result<byte[]> config = data.copyIn(DATA_SELFTEST, DATA_MINIMUM, DATA_SIZE);
    if (!config.isOk()) {
      return Result.err(Objects.requireNonNull(config.errno()));
    }
    int table = ByteBuffer.wrap(config.value()).order(ByteOrder.LITTLE_ENDIAN).getInt(4);
    return make(domain, table, dirty);
  }

  MockPageTable paging(DomainId domain) {
    return Objects.requireNonNull(paging.get(domain), () -> "no paging domain " + domain);
  }

  boolean tracksDirty(DomainId domain) {
    MockPageTable table = paging.get(domain);
    return table != null && table.geometry().tracksDirty();
  }

  void free(DomainId domain) {
    MockPageTable table = paging.remove(domain);
    if (table != null) {
      table.shared().free(new MockStep.FreeTable(domain));
    }
  }

  private Result<Done> make(DomainId domain, int table, boolean dirty) {
    if (allocations.fails("allocation of a mock domain")) {
      return Result.err(Errno.ENOMEM);
    }
    if (table != TABLE_DEFAULT && table != TABLE_HUGE) {
      return Result.err(Errno.EOPNOTSUPP);
    }
    boolean huge = table == TABLE_HUGE;
    long last = (1L << MockPageTable.ADDRESS_BITS) - 1;
    DomainGeometry geometry =
        huge
            ? new DomainGeometry(HUGE_PAGE_SIZES, 0, last, dirty)
            : new DomainGeometry(PAGE_SIZES, APERTURE_START, APERTURE_LAST, dirty);
    var lifetime = new Lifetime("the page table of " + domain);
    paging.put(domain, new MockPageTable(geometry, shared.apply(lifetime)));
    return Result.done();
  }
}
