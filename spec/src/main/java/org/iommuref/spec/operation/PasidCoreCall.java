package org.iommuref.spec.operation;

import java.util.function.Function;
import org.iommuref.spec.core.IommuCore;
import org.iommuref.spec.core.PasidCore;
import org.iommuref.spec.errno.Result;

/** A call on the part of the core that not every core has. */
final class PasidCoreCall {

  private PasidCoreCall() {}

  static <V> Reply<V> on(IommuCore core, Function<PasidCore, Result<V>> call) {
    return core instanceof PasidCore pasids
        ? Reply.of(call.apply(pasids))
        : new Reply.Unsupported<>("no PasidCore");
  }
}
