package org.iommuref.spec.operation;

import java.util.List;
import org.iommuref.spec.backend.DomainId;
import org.iommuref.spec.backend.NestedDomains;
import org.iommuref.spec.iommufd.call.Bytes;

/**
 * Makes what is cached of a table of the user unusable, entry by entry; yields how many were
 * handled.
 */
public record InvalidateNested(DomainId domain, int type, List<Bytes> entries)
    implements BackendOperation<Integer> {

  @Override
  public String op() {
    return "nested.invalidate";
  }

  @Override
  public Class<Integer> yields() {
    return Integer.class;
  }

  @Override
  public Reply<Integer> applyTo(BackendSeam seam) {
    return seam.with(
        NestedDomains.class, b -> Reply.of(b.invalidate(domain, new PassedArray(type, entries))));
  }
}
