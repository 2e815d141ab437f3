package org.iommuref.spec.access;

import java.util.List;

/**
 * What the fault registers or the event queue held since they were read last.
 *
 * @param records in the order of recording
 * @param overflow whether the hardware says that records were lost (FREC-006)
 */
public record FaultLog(List<FaultRecord> records, boolean overflow) {

  /** Copies the list. */
  public FaultLog {
    records = List.copyOf(records);
  }
}
