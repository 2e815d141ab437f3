package org.iommuref.spec.iommufd.call;

import java.util.List;
import org.iommuref.spec.errno.Result.Done;
import org.iommuref.spec.iommufd.Caller;
import org.iommuref.spec.iommufd.FileId;
import org.iommuref.spec.iommufd.Node;
import org.iommuref.spec.iommufd.ProcessId;
import org.iommuref.spec.operation.Operation;

/**
 * What a program sends: a system call on a file of iommufd, or news of its address space.
 *
 * <p>Processes are named by their number in the operating system, addresses are the program's own.
 * See {@link org.iommuref.spec.iommufd.Iommufd} for what each system call does and yields.
 *
 * @param <V> what the call yields when it succeeds
 */
public sealed interface FileCall<V> extends Operation<V> {

  /** Every kind of call. */
  static List<Class<? extends FileCall<?>>> all() {
    return List.of(
        Join.class,
        Open.class,
        Hold.class,
        Ioctl.class,
        Read.class,
        Write.class,
        Poll.class,
        Mmap.class,
        Munmap.class,
        Unmapping.class,
        Exiting.class,
        Accounts.class,
        GetFailNth.class,
        SetFailNth.class,
        Close.class,
        Exited.class);
  }

  /** First line of a connection that carries calls: whose it is. Its end is the process's end. */
  record Join(ProcessId process) implements FileCall<Done> {
    @Override
    public String op() {
      return "process.join";
    }

    @Override
    public Class<Done> yields() {
      return Done.class;
    }
  }

  /** open(2) of a node. */
  record Open(Caller caller, Node node) implements FileCall<FileId> {
    @Override
    public String op() {
      return "file.open";
    }

    @Override
    public Class<FileId> yields() {
      return FileId.class;
    }
  }

  /**
   * First and only line of a connection that stands for the descriptors of a file: when its other
   * end is closed, the last of them is gone. Whenever the file becomes readable, a byte is sent.
   */
  record Hold(FileId file) implements FileCall<Done> {
    @Override
    public String op() {
      return "file.hold";
    }

    @Override
    public Class<Done> yields() {
      return Done.class;
    }
  }

  /** ioctl(2). */
  record Ioctl(Caller caller, FileId file, int command, long argument)
      implements FileCall<Integer> {
    @Override
    public String op() {
      return "file.ioctl";
    }

    @Override
    public Class<Integer> yields() {
      return Integer.class;
    }
  }

  /** read(2). */
  record Read(Caller caller, FileId file, long buffer, long count) implements FileCall<Integer> {
    @Override
    public String op() {
      return "file.read";
    }

    @Override
    public Class<Integer> yields() {
      return Integer.class;
    }
  }

  /** write(2). */
  record Write(Caller caller, FileId file, long buffer, long count) implements FileCall<Integer> {
    @Override
    public String op() {
      return "file.write";
    }

    @Override
    public Class<Integer> yields() {
      return Integer.class;
    }
  }

  /** poll(2), which does not wait. */
  record Poll(FileId file) implements FileCall<Ready> {
    @Override
    public String op() {
      return "file.poll";
    }

    @Override
    public Class<Ready> yields() {
      return Ready.class;
    }
  }

  /** What poll(2) says: POLLIN, POLLOUT, POLLERR. */
  record Ready(boolean readable, boolean writable, boolean broken) {}

  /** mmap(2). */
  record Mmap(
      Caller caller, FileId file, long offset, long length, boolean shared, boolean executable)
      implements FileCall<Mapped> {
    @Override
    public String op() {
      return "file.mmap";
    }

    @Override
    public Class<Mapped> yields() {
      return Mapped.class;
    }
  }

  /** What the mapped frames hold, in order. */
  record Mapped(Bytes bytes) {}

  /** The end of one mapping. */
  record Munmap(Caller caller, FileId file, long offset) implements FileCall<Done> {
    @Override
    public String op() {
      return "file.munmap";
    }

    @Override
    public Class<Done> yields() {
      return Done.class;
    }
  }

  /** The process is about to unmap or to replace pages; what is pinned of them must be kept. */
  record Unmapping(ProcessId process, long address, long length) implements FileCall<Done> {
    @Override
    public String op() {
      return "process.unmapping";
    }

    @Override
    public Class<Done> yields() {
      return Done.class;
    }
  }

  /** The process is about to end; what is pinned of its memory must be kept. */
  record Exiting(ProcessId process) implements FileCall<Done> {
    @Override
    public String op() {
      return "process.exiting";
    }

    @Override
    public Class<Done> yields() {
      return Done.class;
    }
  }

  /** VmPin and VmLck of a process, as {@code /proc/PID/status} says them. */
  record Accounts(ProcessId process) implements FileCall<Account> {
    @Override
    public String op() {
      return "process.accounts";
    }

    @Override
    public Class<Account> yields() {
      return Account.class;
    }
  }

  /** Pages that are pinned for a process, and pages that are charged to it as locked. */
  record Account(long pinned, long locked) {}

  /** read(2) of {@code /proc/self/task/TID/fail-nth}: how many calls until the one that fails. */
  record GetFailNth(ProcessId process) implements FileCall<Integer> {
    @Override
    public String op() {
      return "process.fail_nth";
    }

    @Override
    public Class<Integer> yields() {
      return Integer.class;
    }
  }

  /** write(2) of {@code /proc/self/task/TID/fail-nth}; 0 for none. */
  record SetFailNth(ProcessId process, int nth) implements FileCall<Done> {
    @Override
    public String op() {
      return "process.set_fail_nth";
    }

    @Override
    public Class<Done> yields() {
      return Done.class;
    }
  }

  /**
   * The last descriptor of a file is gone, in every process. A real program does not say so: the
   * connection of {@link Hold} ends.
   */
  record Close(FileId file) implements FileCall<Done> {
    @Override
    public String op() {
      return "file.close";
    }

    @Override
    public Class<Done> yields() {
      return Done.class;
    }
  }

  /**
   * The process has ended: its memory is gone, its pins are not. A real program does not say so:
   * the connection of {@link Join} ends.
   */
  record Exited(ProcessId process) implements FileCall<Done> {
    @Override
    public String op() {
      return "process.exited";
    }

    @Override
    public Class<Done> yields() {
      return Done.class;
    }
  }
}
