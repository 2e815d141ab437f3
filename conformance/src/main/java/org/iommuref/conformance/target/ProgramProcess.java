package org.iommuref.conformance.target;

import java.util.EnumSet;
import java.util.Set;
import org.iommuref.model.process.SimulatedProcesses;
import org.iommuref.spec.iommufd.Caller;
import org.iommuref.spec.iommufd.ProcessId;

/**
 * A process of a program, with memory of its own for what it passes.
 *
 * @param id its number
 * @param user its user id
 * @param rights in force
 */
record ProgramProcess(ProcessId id, int user, Set<Caller.Right> rights) {

  /** Where structures lie. */
  static final long STRUCTURE = 0x2000_0000L;

  /** Where read and write have their bytes. */
  static final long BUFFER = 0x2001_0000L;

  private static final long SCRATCH_BYTES = 0x2_0000L;

  /** The first process: every right, and descriptors 0, 1 and 2 taken as in every program. */
  static ProgramProcess started(SimulatedProcesses processes) {
    ProcessId id = processes.start(0);
    for (int number = 0; number <= 2; number++) {
      processes.otherFile(id);
    }
    processes.mapAnonymous(id, STRUCTURE, SCRATCH_BYTES, true);
    return new ProgramProcess(id, 0, EnumSet.allOf(Caller.Right.class));
  }

  /** Who it is in a call. */
  Caller caller() {
    return new Caller(id, user, rights);
  }
}
