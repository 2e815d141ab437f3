package org.iommuref.spec.operation;

import org.iommuref.spec.access.Rid;
import org.iommuref.spec.backend.AttachFailure;
import org.iommuref.spec.errno.Errno;
import org.iommuref.spec.errno.Result;
import org.iommuref.spec.errno.Result.Done;

/** Makes the next attach or PASID set of a device fail. */
public record FailNextAttach(Rid device, Errno errno) implements BackendOperation<Done> {

  @Override
  public String op() {
    return "fail_next_attach";
  }

  @Override
  public Class<Done> yields() {
    return Done.class;
  }

  @Override
  public Reply<Done> applyTo(BackendSeam seam) {
    return seam.with(
        AttachFailure.class,
        b -> {
          b.failNextAttach(device, errno);
          return Reply.of(Result.done());
        });
  }
}
