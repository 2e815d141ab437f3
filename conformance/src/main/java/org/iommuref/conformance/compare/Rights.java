package org.iommuref.conformance.compare;

import java.util.EnumSet;
import java.util.Random;
import java.util.Set;
import org.iommuref.conformance.program.SystemCall;
import org.iommuref.spec.iommufd.Caller.Right;

/** Users and rights that a process can take on. */
final class Rights {

  private static final int ANOTHER_USER = 1000;

  private Rights() {}

  /** Root or another, with any of the rights. */
  static SystemCall some(Random random) {
    Set<Right> rights = EnumSet.noneOf(Right.class);
    for (Right right : Right.values()) {
      if (random.nextBoolean()) {
        rights.add(right);
      }
    }
    return new SystemCall.Become(random.nextInt(3) == 0 ? ANOTHER_USER : 0, rights);
  }
}
