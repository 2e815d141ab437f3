package org.iommuref.model.mutant;

import org.iommuref.spec.errno.Result;
import org.iommuref.spec.iommufd.FileId;
import org.iommuref.spec.iommufd.ProcessId;
import org.iommuref.spec.iommufd.Processes;

/** Processes that hand every call on; a mutant changes one of them. */
class ForwardingProcesses implements Processes {

  private final Processes processes;

  ForwardingProcesses(Processes processes) {
    this.processes = processes;
  }

  @Override
  public Result<byte[]> copyIn(ProcessId process, long address, int length) {
    return processes.copyIn(process, address, length);
  }

  @Override
  public Result<Integer> copyOut(ProcessId process, long address, byte[] bytes) {
    return processes.copyOut(process, address, bytes);
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

  @Override
  public Result<Integer> install(ProcessId process, FileId file) {
    return processes.install(process, file);
  }

  @Override
  public void withdraw(ProcessId process, int number) {
    processes.withdraw(process, number);
  }

  @Override
  public Descriptor descriptor(ProcessId process, int number) {
    return processes.descriptor(process, number);
  }

  @Override
  public void hold(UserFile file) {
    processes.hold(file);
  }

  @Override
  public void release(UserFile file) {
    processes.release(file);
  }
}
