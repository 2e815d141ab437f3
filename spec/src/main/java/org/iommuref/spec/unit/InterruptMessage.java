package org.iommuref.spec.unit;

import org.iommuref.spec.access.Rid;

/**
 * A write of four bytes to the interrupt range, as a device or an interrupt controller sends it.
 *
 * @param rid who sends it
 * @param address where it is written, in FEE0_0000h to FEEF_FFFFh
 * @param data what is written
 */
public record InterruptMessage(Rid rid, long address, int data) {}
