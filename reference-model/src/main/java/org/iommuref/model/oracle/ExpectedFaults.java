package org.iommuref.model.oracle;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.iommuref.spec.access.AccessKind;
import org.iommuref.spec.access.DeviceAccess;
import org.iommuref.spec.access.FaultRecord;

/** The refused accesses whose records have not been read yet. FREC-001. */
final class ExpectedFaults {

  private static final long PAGE = ~0xfffL;

  /** Why an access was refused; an architecture's reason code says the same in its words. */
  enum Cause {
    /** The device is attached to nothing, or to a blocked domain. */
    BLOCKED,
    /** Nothing is mapped there. */
    NOT_MAPPED,
    /** Something is mapped there without the right. */
    NO_RIGHT,
    /** A user's table, or what is beneath it, refuses. */
    NESTED,
    /** The table of the domain has ended, which is not to be recorded. */
    ENDED,
    /** The address is wider than the domain. */
    BEYOND_WIDTH,
    /** Blocked, or in a domain that refuses: a return of the device has failed. */
    UNDETERMINED
  }

  /** One refused access; {@code recorded} has the address bits that a record can hold. */
  record Expected(DeviceAccess access, Cause cause, long recorded) {

    boolean sameRequester(FaultRecord record) {
      return record.rid().equals(access.rid());
    }

    boolean samePage(FaultRecord record) {
      return ((record.page().bytes() ^ access.iova().bytes()) & PAGE & recorded) == 0;
    }

    boolean samePasid(FaultRecord record) {
      return Objects.equals(record.pasid(), access.pasid());
    }

    boolean sameKind(FaultRecord record) {
      return access.kind() == AccessKind.ATOMIC
          || record.write() == (access.kind() == AccessKind.WRITE);
    }

    boolean recordedBy(FaultRecord record) {
      return sameRequester(record) && samePage(record) && samePasid(record) && sameKind(record);
    }
  }

  private final List<Expected> expected = new ArrayList<>();

  void add(DeviceAccess access, Cause cause, long recorded) {
    expected.add(new Expected(access, cause, recorded));
  }

  /** The refused accesses since this was called last. */
  List<Expected> take() {
    List<Expected> all = List.copyOf(expected);
    expected.clear();
    return all;
  }
}
