package org.iommuref.spec.operation;

import org.iommuref.spec.access.Pasid;
import org.iommuref.spec.access.Rid;
import org.iommuref.spec.backend.PageRequests;
import org.iommuref.spec.core.PageRequest;
import org.iommuref.spec.core.PageResponse;
import org.iommuref.spec.errno.Result;
import org.iommuref.spec.errno.Result.Done;
import org.jspecify.annotations.Nullable;

/** Answers a group of page requests. */
public record AnswerPages(Rid device, @Nullable Pasid pasid, int group, PageResponse response)
    implements BackendOperation<Done> {

  @Override
  public String op() {
    return "page_request.respond";
  }

  @Override
  public Class<Done> yields() {
    return Done.class;
  }

  @Override
  public Reply<Done> applyTo(BackendSeam seam) {
    int flags = PageRequest.LAST_PAGE | (pasid == null ? 0 : PageRequest.PASID_VALID);
    PageRequest last = new PageRequest(flags, pasid == null ? 0 : pasid.value(), group, 0, 0);
    return seam.with(
        PageRequests.class,
        b -> {
          b.respond(device, last, response);
          return Reply.of(Result.done());
        });
  }
}
