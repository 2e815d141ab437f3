package org.iommuref.conformance.program;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.iommuref.model.process.SimulatedProcesses;
import org.iommuref.spec.errno.Errno;
import org.iommuref.spec.iommufd.Caller;
import org.iommuref.spec.iommufd.Caller.Right;
import org.iommuref.spec.iommufd.FileId;
import org.iommuref.spec.iommufd.IommufdKernel;
import org.iommuref.spec.iommufd.ProcessId;
import org.iommuref.spec.iommufd.call.FileCall.Account;

/** One process of a program on the model: who it is, with which rights, and how it ends. */
final class ModelProcess {

  private static final int KIB_IN_PAGE = 4;
  private static final Set<Right> ALL = EnumSet.allOf(Right.class);

  private final SimulatedProcesses processes;
  private final IommufdKernel kernel;
  private Caller caller;
  private boolean mayHaveRights = true;

  /** A process of root with all rights. */
  ModelProcess(SimulatedProcesses processes, IommufdKernel kernel, ProcessId process) {
    this.processes = processes;
    this.kernel = kernel;
    this.caller = new Caller(process, 0, ALL);
  }

  boolean isAlive() {
    return processes.isAlive(caller.process());
  }

  ModelProcess fork() {
    ModelProcess child = new ModelProcess(processes, kernel, processes.fork(caller.process()));
    child.caller = new Caller(child.caller.process(), caller.user(), caller.rights());
    child.mayHaveRights = mayHaveRights;
    return child;
  }

  /** The memory goes first, then the descriptors. */
  void end() {
    List<FileId> open = processes.files(caller.process());
    processes.exit(caller.process());
    afterEndOf(caller.process(), open);
  }

  String make(SystemCall call) {
    if (call instanceof SystemCall.Exit) {
      end();
    } else if (call instanceof SystemCall.Exec) {
      exec();
    } else if (call instanceof SystemCall.Become become) {
      return become(become.user(), become.rights());
    } else if (call instanceof SystemCall.LimitMemlock limit) {
      processes.limitMemlock(caller.process(), limit.bytes());
    } else if (call instanceof SystemCall.LimitDescriptors limit) {
      processes.limitDescriptors(caller.process(), limit.count());
    } else if (call instanceof SystemCall.Account) {
      Account account = kernel.account(caller.process());
      return account.pinned() * KIB_IN_PAGE + " " + account.locked() * KIB_IN_PAGE;
    } else {
      String ofMemory = new ModelMemory(processes, kernel, caller).make(call);
      return ofMemory == null ? new ModelFiles(processes, kernel, caller).make(call) : ofMemory;
    }
    return Answer.DONE;
  }

  private void exec() {
    ProcessId before = caller.process();
    List<FileId> open = processes.files(before);
    mayHaveRights = caller.user() == 0;
    caller = new Caller(processes.exec(before), caller.user(), mayHaveRights ? ALL : Set.of());
    afterEndOf(before, open);
  }

  private void afterEndOf(ProcessId ended, List<FileId> open) {
    kernel.iommufd().exited(ended);
    open.stream().filter(file -> !processes.isOpen(file)).forEach(kernel.iommufd()::close);
  }

  private String become(int user, Set<Right> rights) {
    if (!mayHaveRights) {
      return Answer.of(Errno.EPERM);
    }
    caller = new Caller(caller.process(), user, rights);
    return Answer.DONE;
  }
}
