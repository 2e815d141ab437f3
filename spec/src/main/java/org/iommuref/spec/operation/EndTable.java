package org.iommuref.spec.operation;

import org.iommuref.spec.backend.DomainId;
import org.iommuref.spec.backend.EndingTables;
import org.iommuref.spec.errno.Result;
import org.iommuref.spec.errno.Result.Done;

/** Ends the table of a domain that is set on PASIDs alone; they stay set. */
public record EndTable(DomainId domain) implements BackendOperation<Done> {

  @Override
  public String op() {
    return "domain.end_table";
  }

  @Override
  public Class<Done> yields() {
    return Done.class;
  }

  @Override
  public Reply<Done> applyTo(BackendSeam seam) {
    return seam.with(
        EndingTables.class,
        b -> {
          b.endTable(domain);
          return Reply.of(Result.done());
        });
  }
}
