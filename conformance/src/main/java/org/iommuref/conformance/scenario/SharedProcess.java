package org.iommuref.conformance.scenario;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.iommuref.model.iommufd.shared.Lifetime;
import org.iommuref.model.iommufd.shared.Shared;
import org.iommuref.model.process.SimulatedProcesses;
import org.iommuref.spec.errno.Errno;
import org.iommuref.spec.errno.Result;
import org.iommuref.spec.iommufd.FileId;
import org.iommuref.spec.iommufd.ProcessId;
import org.iommuref.spec.iommufd.Processes;
import org.iommuref.spec.step.Footprint;
import org.iommuref.spec.step.Steps;

/**
 * A process as the kernel sees it, whose threads share descriptors, files and some of its memory:
 * the way to these is by steps.
 *
 * <p>A page of the shared memory can be absent; who copies from or to it waits until somebody has
 * brought it in, as with userfaultfd(2).
 */
final class SharedProcess implements Processes {

  private final SimulatedProcesses processes;
  private final long sharedFrom;
  private final long sharedTo;
  private final Shared descriptors;
  private final Shared memory;
  private final Set<Long> brought = new HashSet<>();
  private final Set<Long> absent = new HashSet<>();

  /** A process whose threads share the memory between two addresses. */
  SharedProcess(
      SimulatedProcesses processes,
      long sharedFrom,
      long sharedTo,
      Steps steps,
      Footprint footprint) {
    this.processes = processes;
    this.sharedFrom = sharedFrom;
    this.sharedTo = sharedTo;
    this.descriptors = new Shared(steps, footprint, new Lifetime("the descriptors"));
    this.memory = new Shared(steps, footprint, new Lifetime("the memory of the process"));
  }

  /** A page is not there until it is written. */
  void takeAway(long page) {
    absent.add(page);
  }

  /** A thread writes; pages that are not there are brought in. */
  void store(ProcessId process, long address, byte[] bytes) {
    memory.change(
        new ProcessStep.Store(address),
        step -> {
          absent.stream().filter(page -> meets(page, address, bytes.length)).forEach(brought::add);
          processes.write(process, step.address(), bytes);
        });
  }

  /**
   * close(2): the file that nobody has open any more, if it was that; empty if nothing was open.
   */
  Optional<List<FileId>> close(ProcessId process, int number) {
    List<FileId> last = new ArrayList<>();
    boolean open =
        descriptors.take(
            new ProcessStep.Withdraw(number), step -> close(process, step.descriptor(), last));
    return open ? Optional.of(last) : Optional.empty();
  }

  private boolean close(ProcessId process, int number, List<FileId> last) {
    boolean open = !(processes.descriptor(process, number) instanceof Descriptor.Closed);
    processes.close(process, number).ifPresent(last::add);
    return open;
  }

  @Override
  public Result<byte[]> copyIn(ProcessId process, long address, int length) {
    if (!isShared(address)) {
      return processes.copyIn(process, address, length);
    }
    awaitPages(address, length);
    List<Result<byte[]>> copied = new ArrayList<>();
    boolean copies =
        memory.look(
            new ProcessStep.CopyIn(address, length),
            step -> copied.add(processes.copyIn(process, step.address(), step.length())));
    return copies ? copied.get(0) : Result.err(Errno.EFAULT);
  }

  @Override
  public Result<Integer> copyOut(ProcessId process, long address, byte[] bytes) {
    if (!isShared(address)) {
      return processes.copyOut(process, address, bytes);
    }
    awaitPages(address, bytes.length);
    return memory.take(
        new ProcessStep.CopyOut(address, bytes.length),
        step -> processes.copyOut(process, step.address(), bytes));
  }

  private boolean isShared(long address) {
    return address >= sharedFrom && address < sharedTo;
  }

  private void awaitPages(long address, int length) {
    for (long page : absent) {
      if (meets(page, address, length)) {
        memory.await(new ProcessStep.AwaitPage(page), () -> brought.contains(page));
      }
    }
  }

  private static boolean meets(long page, long address, int length) {
    return address < page + PAGE_SIZE && page < address + length;
  }

  @Override
  public Result<Integer> install(ProcessId process, FileId file) {
    return descriptors.take(new ProcessStep.Install(), step -> processes.install(process, file));
  }

  @Override
  public void withdraw(ProcessId process, int number) {
    descriptors.take(
        new ProcessStep.Withdraw(number),
        step -> {
          processes.withdraw(process, step.descriptor());
          return true;
        });
  }

  @Override
  public Descriptor descriptor(ProcessId process, int number) {
    return descriptors.look(
        new ProcessStep.LookUp(number), step -> processes.descriptor(process, step.descriptor()));
  }

  @Override
  public void hold(UserFile file) {
    descriptors.change(new ProcessStep.HoldUserFile(), step -> processes.hold(file));
  }

  @Override
  public void release(UserFile file) {
    descriptors.change(new ProcessStep.ReleaseUserFile(), step -> processes.release(file));
  }

  @Override
  public Result<long[]> pin(ProcessId process, long address, int pages, boolean write) {
    return processes.pin(process, address, pages, write);
  }

  @Override
  public Result<long[]> pinFile(UserFile file, long start, int pages) {
    return processes.pinFile(file, start, pages);
  }

  @Override
  public void unpin(long[] frames) {
    processes.unpin(frames);
  }

  @Override
  public int pinsOf(long frame) {
    return processes.pinsOf(frame);
  }

  @Override
  public Result<Long> frameAt(ProcessId process, long address) {
    return processes.frameAt(process, address);
  }

  @Override
  public byte[] readFrame(long frame, int offset, int length) {
    return processes.readFrame(frame, offset, length);
  }

  @Override
  public void writeFrame(long frame, int offset, byte[] bytes) {
    processes.writeFrame(frame, offset, bytes);
  }

  @Override
  public boolean isAlive(ProcessId process) {
    return processes.isAlive(process);
  }

  @Override
  public long memlockLimit(ProcessId process) {
    return processes.memlockLimit(process);
  }
}
