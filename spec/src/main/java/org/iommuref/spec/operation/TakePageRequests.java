package org.iommuref.spec.operation;

import org.iommuref.spec.backend.AskingDevices;

/**
 * Brings the driver the interrupt of page requests; yields what it has heard since it was asked
 * last.
 */
public record TakePageRequests() implements BackendOperation<HeardPageRequests> {

  @Override
  public String op() {
    return "page_request.take";
  }

  @Override
  public Class<HeardPageRequests> yields() {
    return HeardPageRequests.class;
  }

  @Override
  public Reply<HeardPageRequests> applyTo(BackendSeam seam) {
    return seam.with(
        AskingDevices.class,
        b -> {
          b.interrupt();
          return Reply.ok(seam.heard().take());
        });
  }
}
