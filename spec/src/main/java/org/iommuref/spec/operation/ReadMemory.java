package org.iommuref.spec.operation;

import org.iommuref.spec.memory.PhysAddr;

/** Reads 8 bytes of physical memory. */
public record ReadMemory(PhysAddr address) implements BackendOperation<Long> {

  @Override
  public String op() {
    return "mem.read";
  }

  @Override
  public Class<Long> yields() {
    return Long.class;
  }

  @Override
  public Reply<Long> applyTo(BackendSeam seam) {
    return Reply.ok(seam.backend().memory().readLong(address.bytes()));
  }
}
