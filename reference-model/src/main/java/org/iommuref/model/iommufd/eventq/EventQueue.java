package org.iommuref.model.iommufd.eventq;

import java.util.List;
import org.iommuref.model.core.PageFaultGroup;
import org.iommuref.model.iommufd.object.ObjectBody;
import org.iommuref.spec.errno.Errno;
import org.iommuref.spec.errno.Result;
import org.iommuref.spec.iommufd.Caller;

/** An object that a user reads from a file. Linux: struct iommufd_eventq. */
public interface EventQueue extends ObjectBody {

  /** The name of the lock of the list of what waits to be read. */
  String LOCK = "eventq.lock";

  /** The name of the mutex of readers and answers. */
  String MUTEX = "fault.mutex";

  /** Moves records to the caller's memory; the bytes moved. */
  Result<Integer> read(Caller caller, long buffer, long count);

  /** Takes answers from the caller's memory; the bytes taken. */
  default Result<Integer> write(Caller caller, long buffer, long count) {
    return Result.err(Errno.EINVAL);
  }

  /** Whether answers can be written. */
  boolean takesAnswers();

  /**
   * The groups of page requests that wait to be read or answered, as whoever looks on sees them.
   */
  default List<PageFaultGroup> seenGroups() {
    return List.of();
  }

  /** Whether a record waits. */
  boolean hasRecords();
}
