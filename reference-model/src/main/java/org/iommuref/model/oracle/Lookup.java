package org.iommuref.model.oracle;

import org.iommuref.spec.access.Iova;
import org.iommuref.spec.backend.DomainId;
import org.iommuref.spec.backend.DomainType;
import org.iommuref.spec.memory.PhysAddr;
import org.iommuref.spec.operation.Reply;

/**
 * Where software finds an address translated: software sees the tables as they are, caches do not
 * matter. DOM-005.
 */
final class Lookup {

  private Lookup() {}

  static Judgement judge(State state, DomainId id, Iova iova, Reply<?> reply) {
    DomainState domain = state.domains.get(id);
    long address = iova.bytes();
    long found = 0;
    if (domain != null && domain.type == DomainType.IDENTITY) {
      found = address;
    } else if (domain != null) {
      Leaf leaf = domain.at(address);
      found = leaf == null ? 0 : leaf.translate(address);
    }
    return Replies.yields(reply, new PhysAddr(found), Clauses.DOM_005, "the tables as they are");
  }
}
