package org.iommuref.model.schedule;

import org.iommuref.spec.step.Hardware;

/**
 * One machine of connected hardware.
 *
 * @param hardware where it belongs
 * @param index its number there
 * @param name as a schedule prints it
 */
public record Machine(Hardware hardware, int index, String name) {

  /** The machine {@code index} of {@code hardware}. */
  public Machine(Hardware hardware, int index) {
    this(hardware, index, hardware.machineName(index));
  }

  /** Whether it can move now. */
  public boolean enabled() {
    return hardware.enabled(index);
  }

  /** Makes one move. */
  public void advance() {
    hardware.advance(index);
  }
}
