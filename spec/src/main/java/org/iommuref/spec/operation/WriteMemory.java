package org.iommuref.spec.operation;

import org.iommuref.spec.errno.Result;
import org.iommuref.spec.errno.Result.Done;
import org.iommuref.spec.memory.PhysAddr;

/** Writes 8 bytes of physical memory. */
public record WriteMemory(PhysAddr address, long value) implements BackendOperation<Done> {

  @Override
  public String op() {
    return "mem.write";
  }

  @Override
  public Class<Done> yields() {
    return Done.class;
  }

  @Override
  public Reply<Done> applyTo(BackendSeam seam) {
    seam.backend().memory().writeLong(address.bytes(), value);
    return Reply.of(Result.done());
  }
}
