package org.iommuref.hw.vtd.unit;

import org.iommuref.spec.access.AccessKind;
import org.iommuref.spec.access.AccessOutcome;
import org.iommuref.spec.clause.Clause;
import org.iommuref.spec.memory.Memory;

/** What the device sees of its request. */
public interface AccessEffects {

  /**
   * The effect of a translated request on memory: one access, an atomic one for an AtomicOp;
   * refused where no memory is, or none that takes it.
   */
  default AccessOutcome perform(DmaRequest request, Memory memory) {
    long address = request.output();
    if (!memory.contains(address)
        || (request.kind() == AccessKind.ATOMIC && !memory.takesAtomics(address))) {
      return AccessOutcome.blocked();
    }
    return switch (request.kind()) {
      case READ, EXECUTE -> AccessOutcome.completed(memory.readLong(address));
      case ZERO_LENGTH_READ -> AccessOutcome.completed(0);
      case WRITE -> {
        memory.writeLong(address, request.value());
        yield AccessOutcome.completed(0);
      }
      case ATOMIC -> {
        long before = memory.readLong(address);
        memory.compareAndSetLong(address, before, before + request.value());
        yield AccessOutcome.completed(before);
      }
    };
  }

  /** A refused request has no effect: a read is answered with an error, a write is dropped. */
  @Clause("DOM-001")
  default AccessOutcome refuse(DmaRequest request, Memory memory) {
    return AccessOutcome.blocked();
  }
}
