package org.iommuref.model.ideal;

import java.util.ArrayList;
import java.util.List;
import org.iommuref.spec.access.DeviceAccess;
import org.iommuref.spec.access.FaultLog;
import org.iommuref.spec.access.FaultRecord;
import org.iommuref.spec.access.Iova;
import org.iommuref.spec.clause.Clause;

/**
 * Room for a fixed number of fault records; what does not fit is lost, and the log says so.
 * FREC-006.
 */
final class FaultRecorder {

  private static final int ROOM = 16;
  private static final long RECORDED_ADDRESS = ~0xfffL;
  private static final int NO_REASON = 0;

  private final List<FaultRecord> records = new ArrayList<>(ROOM);
  private boolean overflow;

  @Clause({"FREC-002", "FREC-003", "FREC-004", "FREC-006", "FREC-007"})
  void record(DeviceAccess access) {
    if (records.size() == ROOM) {
      overflow = true;
      return;
    }
    records.add(
        new FaultRecord(
            access.rid(),
            access.pasid(),
            new Iova(access.iova().bytes() & RECORDED_ADDRESS),
            access.kind().needsWrite(),
            NO_REASON));
  }

  FaultLog take() {
    var log = new FaultLog(records, overflow);
    records.clear();
    overflow = false;
    return log;
  }
}
