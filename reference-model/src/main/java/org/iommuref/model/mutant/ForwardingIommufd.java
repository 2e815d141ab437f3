package org.iommuref.model.mutant;

import java.util.Set;
import org.iommuref.spec.errno.Result;
import org.iommuref.spec.errno.Result.Done;
import org.iommuref.spec.iommufd.Caller;
import org.iommuref.spec.iommufd.FileId;
import org.iommuref.spec.iommufd.Iommufd;
import org.iommuref.spec.iommufd.Node;
import org.iommuref.spec.iommufd.ProcessId;

/** iommufd that hands every call on; a mutant changes one of them. */
class ForwardingIommufd implements Iommufd {

  private final Iommufd iommufd;

  ForwardingIommufd(Iommufd iommufd) {
    this.iommufd = iommufd;
  }

  @Override
  public Result<FileId> open(Caller caller, Node node) {
    return iommufd.open(caller, node);
  }

  @Override
  public Result<Integer> ioctl(Caller caller, FileId file, int command, long argument) {
    return iommufd.ioctl(caller, file, command, argument);
  }

  @Override
  public Result<Integer> read(Caller caller, FileId file, long buffer, long count) {
    return iommufd.read(caller, file, buffer, count);
  }

  @Override
  public Result<Integer> write(Caller caller, FileId file, long buffer, long count) {
    return iommufd.write(caller, file, buffer, count);
  }

  @Override
  public Set<Readiness> poll(FileId file) {
    return iommufd.poll(file);
  }

  @Override
  public Result<long[]> mmap(
      Caller caller, FileId file, long offset, long length, boolean shared, boolean executable) {
    return iommufd.mmap(caller, file, offset, length, shared, executable);
  }

  @Override
  public Result<Done> munmap(FileId file, long offset) {
    return iommufd.munmap(file, offset);
  }

  @Override
  public void close(FileId file) {
    iommufd.close(file);
  }

  @Override
  public void exited(ProcessId process) {
    iommufd.exited(process);
  }
}
