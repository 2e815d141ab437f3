package org.iommuref.model.mock;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.iommuref.model.iommufd.hwpt.HwptFlags;
import org.iommuref.model.iommufd.kernel.Allocations;
import org.iommuref.model.iommufd.shared.Lifetime;
import org.iommuref.model.iommufd.shared.Shared;
import org.iommuref.spec.access.Rid;
import org.iommuref.spec.backend.DomainId;
import org.iommuref.spec.backend.NestedDomains;
import org.iommuref.spec.backend.UserData;
import org.iommuref.spec.backend.UserDataArray;
import org.iommuref.spec.errno.Errno;
import org.iommuref.spec.errno.Result;
import org.iommuref.spec.errno.Result.Done;
import org.jspecify.annotations.Nullable;

/**
 * The nested domains of the mock driver: nothing but a false IOTLB. Linux:
 * mock_domain_alloc_nested, mock_domain_cache_invalidate_user.
 */
final class MockNestedDomains implements NestedDomains, FalseIotlb {

  private static final int DATA_SELFTEST = 0xdead;
  private static final int DATA_MINIMUM = 4;
  private static final int DATA_SIZE = 8;
  private static final int ENTRY_SELFTEST = 0xdeadbeef;
  private static final int ENTRY_SIZE = 8;
  private static final int FLAG_ALL = 1;

  private final Allocations allocations;
  private final Shared shared;
  private final Map<DomainId, int[]> iotlbs = new HashMap<>();

  MockNestedDomains(Allocations allocations, Function<Lifetime, Shared> shared) {
    this.allocations = allocations;
    this.shared = shared.apply(new Lifetime("the nested mock domains"));
  }

  @Override
  public Result<Done> allocateNested(
      DomainId domain, Rid device, DomainId parent, int flags, UserData data) {
    return make(domain, flags, data);
  }

  /** The same by a device or by a virtual unit. */
  Result<Done> make(DomainId domain, int flags, UserData data) {
    if ((flags & ~HwptFlags.PASID) != 0 || data.type() != DATA_SELFTEST) {
      return Result.err(Errno.EOPNOTSUPP);
    }
    Result<byte[]> config = data.copyIn(DATA_SELFTEST, DATA_MINIMUM, DATA_SIZE);
    if (!config.isOk()) {
      return Result.err(Objects.requireNonNull(config.errno()));
    }
    if (allocations.fails("allocation of a nested domain")) {
      return Result.err(Errno.ENOMEM);
    }
    int[] iotlb = new int[ENTRIES];
    Arrays.fill(iotlb, ints(config.value()).getInt(0));
    iotlbs.put(domain, iotlb);
    return Result.done();
  }

  @Override
  public Result<Integer> invalidate(DomainId domain, UserDataArray entries) {
    if (entries.type() != ENTRY_SELFTEST) {
      return Result.err(Errno.EINVAL, 0);
    }
    for (int done = 0; done < entries.entries(); done++) {
      Result<byte[]> entry = entries.copyIn(done, ENTRY_SELFTEST, ENTRY_SIZE, ENTRY_SIZE);
      Errno failure = entry.isOk() ? clear(domain, ints(entry.value())) : entry.errno();
      if (failure != null) {
        return Result.err(failure, done);
      }
    }
    return Result.ok(entries.entries());
  }

  @Override
  public int iotlb(DomainId domain, int entry) {
    return shared.look(
        new MockStep.ReadIotlb(domain, entry), step -> of(step.domain())[step.entry()]);
  }

  void free(DomainId domain) {
    iotlbs.remove(domain);
  }

  private @Nullable Errno clear(DomainId domain, ByteBuffer entry) {
    int flags = entry.getInt(0);
    int number = entry.getInt(4);
    if ((flags & ~FLAG_ALL) != 0) {
      return Errno.EOPNOTSUPP;
    }
    if (Integer.compareUnsigned(number, ENTRIES) >= 0) {
      return Errno.EINVAL;
    }
    int cleared = (flags & FLAG_ALL) != 0 ? -1 : number;
    shared.change(
        new MockStep.ClearIotlb(domain, cleared), step -> clear(of(step.domain()), step.entry()));
    return null;
  }

  private static void clear(int[] iotlb, int entry) {
    if (entry < 0) {
      Arrays.fill(iotlb, 0);
    } else {
      iotlb[entry] = 0;
    }
  }

  private int[] of(DomainId domain) {
    return Objects.requireNonNull(iotlbs.get(domain), () -> "no nested domain " + domain);
  }

  private static ByteBuffer ints(byte[] bytes) {
    return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }
}
