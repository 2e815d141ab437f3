package org.iommuref.model.explore;

import org.iommuref.spec.step.Step;

/**
 * The event that a write of a software thread has left its store buffer.
 *
 * @param address in bytes
 * @param bytes how many
 * @param value the first eight of them at most
 */
public record DrainStore(long address, int bytes, long value) implements Step {

  @Override
  public String toString() {
    return "DrainStore[address=0x%x, bytes=%d, value=0x%x]".formatted(address, bytes, value);
  }
}
