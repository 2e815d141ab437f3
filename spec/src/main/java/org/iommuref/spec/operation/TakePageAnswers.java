package org.iommuref.spec.operation;

import org.iommuref.spec.access.Rid;
import org.iommuref.spec.backend.AskingDevices;

/** Asks what a device has been answered to its page requests since it was asked last. */
public record TakePageAnswers(Rid device) implements BackendOperation<PageAnswers> {

  @Override
  public String op() {
    return "page_request.answers";
  }

  @Override
  public Class<PageAnswers> yields() {
    return PageAnswers.class;
  }

  @Override
  public Reply<PageAnswers> applyTo(BackendSeam seam) {
    return seam.with(AskingDevices.class, b -> Reply.ok(new PageAnswers(b.answers(device))));
  }
}
