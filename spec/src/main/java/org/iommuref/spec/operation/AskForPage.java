package org.iommuref.spec.operation;

import org.iommuref.spec.backend.AskingDevices;
import org.iommuref.spec.errno.Result;
import org.iommuref.spec.errno.Result.Done;
import org.iommuref.spec.unit.PageRequestMessage;

/** Lets a device ask for a page. */
public record AskForPage(PageRequestMessage request) implements BackendOperation<Done> {

  @Override
  public String op() {
    return "page_request.raise";
  }

  @Override
  public Class<Done> yields() {
    return Done.class;
  }

  @Override
  public Reply<Done> applyTo(BackendSeam seam) {
    return seam.with(
        AskingDevices.class,
        b -> {
          b.ask(request);
          return Reply.of(Result.done());
        });
  }
}
