package org.iommuref.model.mock;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Every operation of the test interface: a new one is registered here. */
final class TestOps {

  private static final List<TestOp> ALL =
      List.of(
          AddReserved.OP,
          MockDomainOp.OP,
          MockDomainOp.WITH_FLAGS,
          MockDomainReplace.OP,
          MdCheckMap.OP,
          MdCheckRefs.OP,
          MdCheckIotlb.OP,
          TriggerIopf.OP,
          TriggerVevent.OP,
          DevCheckCache.OP,
          PasidOps.ATTACH,
          PasidOps.REPLACE,
          PasidOps.DETACH,
          PasidOps.CHECK_HWPT,
          DirtyOp.OP,
          DmabufOps.GET,
          DmabufOps.REVOKE,
          CreateAccess.OP,
          DestroyAccessPages.OP,
          AccessPages.OP,
          AccessRwOp.OP,
          AccessReplaceIoas.OP,
          SetTempMemoryLimit.OP,
          DeviceOps.BIND,
          DeviceOps.PREPARE_MSI,
          DeviceOps.CHECK_MSI,
          DeviceOps.READ,
          DeviceOps.WRITE);

  private static final Map<Integer, TestOp> BY_NUMBER = new HashMap<>();

  static {
    ALL.forEach(op -> BY_NUMBER.put(op.number(), op));
  }

  private TestOps() {}

  /** The operation of a number, or null. */
  static @Nullable TestOp of(int number) {
    return BY_NUMBER.get(number);
  }

  /** All of them. */
  static List<TestOp> all() {
    return ALL;
  }
}
