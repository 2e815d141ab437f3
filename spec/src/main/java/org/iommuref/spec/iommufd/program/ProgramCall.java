package org.iommuref.spec.iommufd.program;

import java.util.List;
import java.util.Set;
import org.iommuref.spec.iommufd.Caller;
import org.iommuref.spec.iommufd.Node;
import org.iommuref.spec.iommufd.call.Bytes;
import org.iommuref.spec.operation.Operation;
import org.jspecify.annotations.Nullable;

/**
 * One step of a program, and what must come of it: what the suite of seam 3 is made of.
 *
 * <p>A program begins with the process {@code main}, which has every right and no limit. Files,
 * processes and objects go by {@link Names}. Addresses and lengths are in bytes.
 */
public sealed interface ProgramCall extends Operation<Answer> {

  /** The process with which a program begins. */
  String MAIN = "main";

  /** In the names of a call: what it returned, in place of a field. */
  String RESULT = "result";

  /** Who makes the call. */
  String process();

  /** What must come of it. */
  Expect expect();

  /** What is called how afterwards. */
  default List<Argument> names() {
    return List.of();
  }

  /** Numbers and names in it. */
  default List<String> uses() {
    return List.of();
  }

  @Override
  default Class<Answer> yields() {
    return Answer.class;
  }

  /** Every kind of call. */
  static List<Class<? extends ProgramCall>> all() {
    return List.of(
        MapMemory.class,
        ForgetMemory.class,
        Protect.class,
        MakeFile.class,
        MapFile.class,
        Truncate.class,
        PutMemory.class,
        GetMemory.class,
        Open.class,
        Close.class,
        Ioctl.class,
        Read.class,
        Write.class,
        Poll.class,
        MapDevice.class,
        ForgetDevice.class,
        Fork.class,
        Exit.class,
        Become.class,
        Limit.class,
        Accounts.class,
        FailNth.class);
  }

  /** Maps anonymous memory at an address, MAP_FIXED_NOREPLACE; writable or for reading alone. */
  record MapMemory(String process, long address, long length, boolean writable, Expect expect)
      implements ProgramCall {

    @Override
    public String op() {
      return "program.map";
    }
  }

  /** munmap(2). */
  record ForgetMemory(String process, long address, long length, Expect expect)
      implements ProgramCall {

    @Override
    public String op() {
      return "program.unmap";
    }
  }

  /** mprotect(2): memory can be read alone from now on. */
  record Protect(String process, long address, long length, Expect expect) implements ProgramCall {

    @Override
    public String op() {
      return "program.protect";
    }
  }

  /** memfd_create(2): a file of memory, of that length; nobody can write it if it is sealed. */
  record MakeFile(String process, String file, long length, boolean sealed, Expect expect)
      implements ProgramCall {

    @Override
    public String op() {
      return "program.memfd";
    }

    @Override
    public List<Argument> names() {
      return List.of(new Argument(RESULT, file));
    }
  }

  /** Maps a file of memory from its beginning, shared and writable. */
  record MapFile(String process, String file, long address, long length, Expect expect)
      implements ProgramCall {

    @Override
    public String op() {
      return "program.map_file";
    }

    @Override
    public List<String> uses() {
      return List.of("$" + file);
    }
  }

  /** ftruncate(2) of a file of memory. */
  record Truncate(String process, String file, long length, Expect expect) implements ProgramCall {

    @Override
    public String op() {
      return "program.truncate";
    }

    @Override
    public List<String> uses() {
      return List.of("$" + file);
    }
  }

  /** Writes bytes into the memory of a process. */
  record PutMemory(String process, long address, Bytes bytes, Expect expect)
      implements ProgramCall {

    @Override
    public String op() {
      return "program.put";
    }
  }

  /** Reads the memory of a process; the bytes are the answer. */
  record GetMemory(String process, long address, int length, Expect expect) implements ProgramCall {

    @Override
    public String op() {
      return "program.get";
    }
  }

  /** open(2) of a node; its descriptor is called {@code file}. */
  record Open(String process, Node node, String file, Expect expect) implements ProgramCall {

    @Override
    public String op() {
      return "program.open";
    }

    @Override
    public List<Argument> names() {
      return List.of(new Argument(RESULT, file));
    }
  }

  /** close(2) of a descriptor. */
  record Close(String process, String file, Expect expect) implements ProgramCall {

    @Override
    public String op() {
      return "program.close";
    }

    @Override
    public List<String> uses() {
      return List.of("$" + file);
    }
  }

  /**
   * ioctl(2) by the name of its command.
   *
   * @param command as {@code IOMMU_IOAS_MAP} or {@code IOMMU_TEST_OP_MOCK_DOMAIN}, or a whole
   *     number
   * @param set fields that are not zero, its size and its operation apart
   * @param size how many bytes are passed and said to be; null for what Linux 7.2 knows
   * @param tail what lies behind the fields that Linux 7.2 knows
   * @param at where the structure is said to lie, or the plain argument
   */
  record Ioctl(
      String process,
      String file,
      String command,
      List<Argument> set,
      @Nullable Integer size,
      @Nullable Bytes tail,
      @Nullable String at,
      List<Argument> names,
      Expect expect)
      implements ProgramCall {

    /** Copies the lists. */
    public Ioctl {
      set = set == null ? List.of() : List.copyOf(set);
      names = names == null ? List.of() : List.copyOf(names);
    }

    @Override
    public String op() {
      return "program.ioctl";
    }

    @Override
    public List<String> uses() {
      return Argument.used(file, at, set);
    }
  }

  /**
   * read(2) into memory of its own; the bytes are the answer, by the fields of a structure if one
   * is named. With {@code at} they go there, and the answer has none.
   */
  record Read(
      String process,
      String file,
      int length,
      @Nullable String structure,
      @Nullable String at,
      List<Argument> names,
      Expect expect)
      implements ProgramCall {

    /** Copies the list. */
    public Read {
      names = names == null ? List.of() : List.copyOf(names);
    }

    @Override
    public String op() {
      return "program.read";
    }

    @Override
    public List<String> uses() {
      return Argument.used(file, at, List.of());
    }
  }

  /** write(2) from memory of its own, or of what lies at {@code at}. */
  record Write(
      String process,
      String file,
      @Nullable String structure,
      List<Argument> set,
      int copies,
      @Nullable String at,
      Expect expect)
      implements ProgramCall {

    /** Copies the list. */
    public Write {
      set = set == null ? List.of() : List.copyOf(set);
    }

    @Override
    public String op() {
      return "program.write";
    }

    @Override
    public List<String> uses() {
      return Argument.used(file, at, set);
    }
  }

  /** poll(2) without waiting; the result is of POLLIN 1, POLLOUT 4, POLLERR 8. */
  record Poll(String process, String file, Expect expect) implements ProgramCall {

    @Override
    public String op() {
      return "program.poll";
    }

    @Override
    public List<String> uses() {
      return List.of("$" + file);
    }
  }

  /** mmap(2) of a file of iommufd at an offset, for reading; the first bytes are the answer. */
  record MapDevice(
      String process,
      String file,
      String offset,
      long length,
      boolean shared,
      boolean executable,
      int look,
      Expect expect)
      implements ProgramCall {

    @Override
    public String op() {
      return "program.mmap";
    }

    @Override
    public List<String> uses() {
      return List.of("$" + file, offset);
    }
  }

  /** munmap(2) of what {@link MapDevice} has mapped at that offset. */
  record ForgetDevice(String process, String file, String offset, Expect expect)
      implements ProgramCall {

    @Override
    public String op() {
      return "program.munmap";
    }

    @Override
    public List<String> uses() {
      return List.of("$" + file, offset);
    }
  }

  /** fork(2): the child is called {@code child}. */
  record Fork(String process, String child, Expect expect) implements ProgramCall {

    @Override
    public String op() {
      return "program.fork";
    }
  }

  /** The process ends. */
  record Exit(String process, Expect expect) implements ProgramCall {

    @Override
    public String op() {
      return "program.exit";
    }
  }

  /** The process has this user id and these rights alone from now on. */
  record Become(String process, int user, Set<Caller.Right> rights, Expect expect)
      implements ProgramCall {

    @Override
    public String op() {
      return "program.become";
    }
  }

  /** setrlimit(2) of RLIMIT_MEMLOCK, in bytes; all ones for none. */
  record Limit(String process, long bytes, Expect expect) implements ProgramCall {

    @Override
    public String op() {
      return "program.limit";
    }
  }

  /** VmPin and VmLck of {@code /proc/PID/status}, in pages: {@code pinned}, {@code locked}. */
  record Accounts(String process, Expect expect) implements ProgramCall {

    @Override
    public String op() {
      return "program.accounts";
    }
  }

  /**
   * Lets the n-th point of failure in the next ioctl of the program fail; 0 for none. Returns how
   * many were still to come of those that were asked for before: 0 if one failed.
   */
  record FailNth(String process, int nth, Expect expect) implements ProgramCall {

    @Override
    public String op() {
      return "program.fail_nth";
    }
  }
}
