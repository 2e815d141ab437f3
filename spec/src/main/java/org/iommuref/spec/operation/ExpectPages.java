package org.iommuref.spec.operation;

import org.iommuref.spec.backend.DomainId;
import org.iommuref.spec.backend.PageRequests;
import org.iommuref.spec.errno.Result;
import org.iommuref.spec.errno.Result.Done;

/** From now on somebody deals with the page requests of devices that are attached to a domain. */
public record ExpectPages(DomainId domain) implements BackendOperation<Done> {

  @Override
  public String op() {
    return "page_request.expect";
  }

  @Override
  public Class<Done> yields() {
    return Done.class;
  }

  @Override
  public Reply<Done> applyTo(BackendSeam seam) {
    return seam.with(
        PageRequests.class,
        b -> {
          seam.heard().expect(domain, b);
          b.expect(domain);
          return Reply.of(Result.done());
        });
  }
}
