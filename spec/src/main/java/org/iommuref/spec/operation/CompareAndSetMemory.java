package org.iommuref.spec.operation;

import org.iommuref.spec.memory.PhysAddr;

/**
 * Replaces 8 bytes of physical memory if they hold {@code expected}, in one atomic access; yields
 * what they held before. EOPNOTSUPP where memory takes no atomic access.
 *
 * <p>Only a child without memory of its own asks for it; the suite never does.
 */
public record CompareAndSetMemory(PhysAddr address, long expected, long value)
    implements Operation<Long> {

  @Override
  public String op() {
    return "mem.compare_and_set";
  }

  @Override
  public Class<Long> yields() {
    return Long.class;
  }
}
