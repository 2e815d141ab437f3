package org.iommuref.model.iommufd;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.iommuref.model.core.Core;
import org.iommuref.model.core.CoreParts;
import org.iommuref.model.iommufd.context.Context;
import org.iommuref.model.iommufd.file.OpenFile;
import org.iommuref.model.iommufd.kernel.AccountMode;
import org.iommuref.model.iommufd.kernel.Accounting;
import org.iommuref.model.iommufd.kernel.Allocations;
import org.iommuref.model.iommufd.kernel.CheckLists;
import org.iommuref.model.iommufd.kernel.Kernel;
import org.iommuref.model.iommufd.kernel.Warnings;
import org.iommuref.model.iommufd.object.ObjectTable;
import org.iommuref.model.iommufd.pages.SharedBuffer;
import org.iommuref.model.mock.DeviceSide;
import org.iommuref.model.mock.MockBackend;
import org.iommuref.model.process.FrameMemory;
import org.iommuref.spec.backend.DomainType;
import org.iommuref.spec.backend.IommuBackend;
import org.iommuref.spec.errno.Errno;
import org.iommuref.spec.errno.Result;
import org.iommuref.spec.errno.Result.Done;
import org.iommuref.spec.iommufd.Caller;
import org.iommuref.spec.iommufd.FileId;
import org.iommuref.spec.iommufd.Node;
import org.iommuref.spec.iommufd.ProcessId;
import org.iommuref.spec.iommufd.Processes;
import org.iommuref.spec.iommufd.SteppedIommufd;
import org.iommuref.spec.spi.BackendProvider;
import org.iommuref.spec.spi.Environment;
import org.iommuref.spec.spi.Topology;

/**
 * Seam 3, as Linux answers it.
 *
 * <p>Not for use by more than one thread, unless a scheduler's steps hold the threads apart.
 */
public final class IommufdModel implements SteppedIommufd {

  private final Kernel kernel;
  private final Dispatch dispatch = new Dispatch();
  private final Monitor monitor;
  private final Function<Kernel, ObjectTable> tables;

  private IommufdModel(Kernel kernel, Function<Kernel, ObjectTable> tables) {
    this.kernel = kernel;
    this.tables = tables;
    this.monitor = new Monitor(kernel);
  }

  /**
   * iommufd over the kernel's mock driver, as its self-test finds it.
   *
   * @param processes user memory, files and limits
   * @param environment steps and memory; its topology is empty, devices come by the test interface
   * @param allocations what fails to allocate
   * @param checks the lists of checks in force
   */
  public static IommufdModel openMock(
      Processes processes, Environment environment, Allocations allocations, CheckLists checks) {
    return openMock(processes, environment, allocations, checks, ObjectTable::new);
  }

  /**
   * The same with another kind of table of objects.
   *
   * @param tables makes the table of a context
   */
  public static IommufdModel openMock(
      Processes processes,
      Environment environment,
      Allocations allocations,
      CheckLists checks,
      Function<Kernel, ObjectTable> tables) {
    MockBackend backend = new MockBackend(environment, allocations);
    Core core = new Core(environment, backend, CoreParts.LINUX.withDefault(DomainType.BLOCKED));
    return new IommufdModel(
        new Kernel(
            processes,
            environment.steps(),
            environment.footprint(),
            core,
            backend,
            allocations,
            checks,
            List.of()),
        tables);
  }

  /**
   * iommufd over any driver. The devices of the topology are plugged in one by one by the test
   * interface; each operation of it that the driver cannot serve is answered EOPNOTSUPP.
   *
   * @param processes user memory, files and limits; devices reach the frames by their numbers
   * @param environment steps, memory, and the devices that there are to plug in
   * @param driver brings the driver
   * @param allocations what fails to allocate
   * @param checks the lists of checks in force
   * @param parts what the core is put together from
   */
  public static IommufdModel over(
      Processes processes,
      Environment environment,
      BackendProvider driver,
      Allocations allocations,
      CheckLists checks,
      CoreParts parts) {
    Environment shared =
        new Environment(
            environment.topology(),
            new FrameMemory(environment.memory(), processes),
            environment.tables(),
            environment.steps(),
            environment.footprint(),
            environment.caches());
    IommuBackend backend = driver.open(shared);
    Topology topology = environment.topology();
    Core core = new Core(unplugged(shared), backend, parts);
    return open(
        new Kernel(
            processes,
            environment.steps(),
            environment.footprint(),
            core,
            backend,
            allocations,
            checks,
            DeviceSide.of(topology, backend, allocations)));
  }

  private static Environment unplugged(Environment all) {
    return new Environment(
        new Topology(List.of()),
        all.memory(),
        all.tables(),
        all.steps(),
        all.footprint(),
        all.caches());
  }

  /** iommufd over any core and driver. */
  public static IommufdModel open(Kernel kernel) {
    return new IommufdModel(kernel, ObjectTable::new);
  }

  /** The counts of pinned pages. */
  public Accounting accounting() {
    return kernel.accounting();
  }

  /** What the kernel would have warned of. */
  public Warnings warnings() {
    return kernel.warnings();
  }

  /** What is held at this moment, over all contexts. */
  public Holdings holdings() {
    return Holdings.of(kernel);
  }

  /**
   * What must never be and is, and what disagrees among the counts and between software's and
   * hardware's tables; empty if sound.
   */
  public List<String> audit() {
    List<String> complaints = new ArrayList<>(monitor.complaints());
    complaints.addAll(new Audit(kernel).complaints());
    return complaints;
  }

  /** How many domains of users the core has. */
  public int domains() {
    return kernel.core().userDomainCount();
  }

  /** Whether a file is a shared buffer, which holds no context. */
  public boolean isSharedBuffer(FileId file) {
    return kernel.files().find(file) instanceof SharedBuffer;
  }

  /**
   * iommufd_ctx_from_file: the context behind a file, as VFIO finds it.
   *
   * @throws IllegalArgumentException if the file is none of a context
   */
  public Context contextOf(FileId file) {
    if (kernel.files().find(file) instanceof ContextFile opened) {
      return opened.context();
    }
    throw new IllegalArgumentException(file + " is no context");
  }

  /** How many files are open. */
  public int openFiles() {
    return kernel.files().count();
  }

  @Override
  public void requireInvariants() {
    requireNone(monitor.complaints());
  }

  @Override
  public void requireExact() {
    requireNone(audit());
  }

  private static void requireNone(List<String> complaints) {
    if (!complaints.isEmpty()) {
      throw new IllegalStateException(complaints.get(0));
    }
  }

  @Override
  public void requireNothingLeft() {
    requireNone(monitor.complaintsOfWhatIsLeft());
  }

  @Override
  public Result<FileId> open(Caller caller, Node node) {
    if (kernel.fails("allocation of a context")) {
      return Result.err(Errno.ENOMEM);
    }
    Context context =
        new Context(
            kernel, node == Node.VFIO ? AccountMode.MM : AccountMode.USER, tables.apply(kernel));
    FileId file = kernel.files().open(new ContextFile(context, dispatch));
    context.openedAs(file);
    monitor.watch(context);
    return Result.ok(file);
  }

  @Override
  public Result<Integer> ioctl(Caller caller, FileId file, int command, long argument) {
    return onFile(file, open -> open.ioctl(caller, command, argument));
  }

  @Override
  public Result<Integer> read(Caller caller, FileId file, long buffer, long count) {
    return onFile(file, open -> open.read(caller, buffer, count));
  }

  @Override
  public Result<Integer> write(Caller caller, FileId file, long buffer, long count) {
    return onFile(file, open -> open.write(caller, buffer, count));
  }

  @Override
  public Set<Readiness> poll(FileId file) {
    Result<Set<Readiness>> ready = onFile(file, open -> Result.ok(open.poll()));
    return ready.isOk() ? ready.value() : EnumSet.noneOf(Readiness.class);
  }

  @Override
  public Result<long[]> mmap(
      Caller caller, FileId file, long offset, long length, boolean shared, boolean executable) {
    return onFile(file, open -> open.mmap(caller, offset, length, shared, executable));
  }

  @Override
  public Result<Done> munmap(FileId file, long offset) {
    return onFile(file, open -> open.munmap(offset));
  }

  /** A call holds its file until it ends: a close meanwhile releases it after the call. UAPI-021 */
  private <T> Result<T> onFile(FileId file, Function<OpenFile, Result<T>> call) {
    OpenFile open = kernel.files().hold(file);
    if (open == null) {
      return Result.err(Errno.EBADF);
    }
    Result<T> answer = call.apply(open);
    kernel.files().letGo(file, open);
    return answer;
  }

  @Override
  public void close(FileId file) {
    kernel.files().put(file);
  }

  /** {@inheritDoc} What it pinned stays pinned; its memory is asked of {@link Processes}. */
  @Override
  public void exited(ProcessId process) {
    // nothing is kept of a process but its counts, and they outlive it
  }
}
