package org.iommuref.model.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.iommuref.spec.access.DeviceAccess;
import org.iommuref.spec.access.Iova;
import org.iommuref.spec.access.Pasid;
import org.iommuref.spec.access.Rid;
import org.iommuref.spec.backend.DomainId;
import org.iommuref.spec.backend.DomainType;
import org.iommuref.spec.backend.Prot;
import org.iommuref.spec.core.GroupId;
import org.iommuref.spec.errno.Errno;
import org.iommuref.spec.errno.Result.Done;
import org.iommuref.spec.memory.PhysAddr;
import org.iommuref.spec.operation.Access;
import org.iommuref.spec.operation.CoreAllocateDomain;
import org.iommuref.spec.operation.CoreAttachDevice;
import org.iommuref.spec.operation.Operation;
import org.iommuref.spec.operation.Operations;
import org.iommuref.spec.operation.Reply;
import org.iommuref.spec.spi.Topology;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Calls that name a device, a group or a domain that is not there. */
class WellFormedTest {

  private static final Rid NOBODY = Rid.parse("1f:1f.7");
  private static final DomainId KNOWN = new DomainId(1);

  private static final Map<Class<?>, Object> VALUES =
      Map.ofEntries(
          Map.entry(Rid.class, NOBODY),
          Map.entry(DomainId.class, KNOWN),
          Map.entry(GroupId.class, new GroupId(9)),
          Map.entry(Pasid.class, new Pasid(5)),
          Map.entry(Iova.class, new Iova(0x1000)),
          Map.entry(PhysAddr.class, new PhysAddr(0x1000)),
          Map.entry(DomainType.class, DomainType.PAGING),
          Map.entry(Prot.class, Prot.READ),
          Map.entry(Errno.class, Errno.ENOMEM),
          Map.entry(DeviceAccess.class, DeviceAccess.read(NOBODY, new Iova(0x1000))),
          Map.entry(boolean.class, true),
          Map.entry(long.class, 0x1000L),
          Map.entry(int.class, 1));

  static Stream<Operation<?>> namingNobody() {
    return Stream.<Class<? extends Operation<?>>>concat(
            Operations.backend().stream(), Operations.core().stream())
        .filter(WellFormedTest::namesADeviceOrGroup)
        .map(WellFormedTest::specimen);
  }

  private static boolean namesADeviceOrGroup(Class<?> type) {
    List<Class<?>> named = List.of(Rid.class, GroupId.class, DeviceAccess.class);
    return Arrays.stream(type.getRecordComponents()).anyMatch(c -> named.contains(c.getType()));
  }

  private static Operation<?> specimen(Class<?> type) {
    RecordComponent[] components = type.getRecordComponents();
    Class<?>[] types =
        Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
    try {
      return (Operation<?>)
          type.getDeclaredConstructor(types)
              .newInstance(Arrays.stream(types).map(VALUES::get).toArray());
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("a specimen of " + type, e);
    }
  }

  private static Dialogue core() {
    return Dialogue.withCore(Topology.twoDevices())
        .succeeds(new CoreAllocateDomain(KNOWN, DomainType.PAGING));
  }

  /** GRP-007 alone speaks of a device without a group: the core must refuse it. */
  @ParameterizedTest
  @MethodSource("namingNobody")
  void wellFormed_unknownDevice_isFalseExceptForAnAttachOfIt(Operation<?> operation) {
    Dialogue core = core();
    if (operation instanceof CoreAttachDevice) {
      core.fails(operation, Errno.ENODEV);
      Dialogue.assertRefused(core.judge(operation, Reply.ok(Done.DONE)), Clauses.GRP_007);
    } else if (operation instanceof Access access) {
      Oracle oracle = Oracle.ofCore(Dialogue.CLAIMS, Topology.twoDevices());
      assertThat(oracle.wellFormed(access.access())).isFalse();
    } else {
      assertThat(core.mayCall(operation)).as(operation.toString()).isFalse();
    }
  }
}
