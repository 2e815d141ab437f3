package org.iommuref.hw.vtd.driver;

import java.util.ArrayList;
import java.util.List;
import org.iommuref.spec.clause.Clause;
import org.iommuref.spec.memory.Memory.Atom;

/**
 * In which order the descriptors of a submission stand in the queue, with the one wait among them.
 * Source: drivers/iommu/intel/dmar.c qi_submit_sync.
 */
@FunctionalInterface
public interface SubmissionOrder {

  /** The wait is the last: it tells of all that stand before it. */
  @Clause("INV-010")
  SubmissionOrder WAIT_LAST =
      (descriptors, wait) -> {
        List<Atom> all = new ArrayList<>(descriptors);
        all.add(wait);
        return all;
      };

  /** The descriptors, given in their own order, and the wait, each once. */
  List<Atom> inQueue(List<Atom> descriptors, Atom wait);
}
