package org.iommuref.spec.operation;

import org.iommuref.spec.access.Rid;
import org.iommuref.spec.backend.DamagedCommands;
import org.iommuref.spec.errno.Result;
import org.iommuref.spec.errno.Result.Done;

/** Makes the next command for the unit of a device arrive damaged. */
public record DamageCommand(Rid device) implements BackendOperation<Done> {

  @Override
  public String op() {
    return "command.damage";
  }

  @Override
  public Class<Done> yields() {
    return Done.class;
  }

  @Override
  public Reply<Done> applyTo(BackendSeam seam) {
    return seam.with(
        DamagedCommands.class,
        b -> {
          b.damageNext(device);
          return Reply.of(Result.done());
        });
  }
}
