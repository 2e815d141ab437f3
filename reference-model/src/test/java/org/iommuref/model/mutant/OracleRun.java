package org.iommuref.model.mutant;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.iommuref.model.TestEnvironment;
import org.iommuref.model.oracle.Judgement;
import org.iommuref.model.oracle.Landing;
import org.iommuref.model.oracle.Oracle;
import org.iommuref.spec.access.AccessKind;
import org.iommuref.spec.access.AccessOutcome;
import org.iommuref.spec.access.DeviceAccess;
import org.iommuref.spec.backend.IommuBackend;
import org.iommuref.spec.core.IommuCore;
import org.iommuref.spec.memory.Memory;
import org.iommuref.spec.memory.PhysAddr;
import org.iommuref.spec.operation.Access;
import org.iommuref.spec.operation.BackendOperation;
import org.iommuref.spec.operation.BackendSeam;
import org.iommuref.spec.operation.CoreOperation;
import org.iommuref.spec.operation.Operation;
import org.iommuref.spec.operation.Reply;
import org.iommuref.spec.spi.BackendProvider;
import org.iommuref.spec.spi.CoreProvider;
import org.iommuref.spec.spi.Environment;
import org.iommuref.spec.spi.Topology;
import org.iommuref.spec.step.StepMutation;
import org.jspecify.annotations.Nullable;

/** One run of random calls on a backend, or on a core over it, judged by the oracle. */
final class OracleRun {

  private static final long AROUND = 0x1_0000;

  private final Memory memory;
  private final BackendSeam seam;
  private final @Nullable IommuCore core;
  private final Oracle oracle;
  private final List<String> history = new ArrayList<>();

  private OracleRun(
      Topology topology,
      StepMutation mutation,
      BackendProvider backend,
      @Nullable CoreProvider core) {
    Environment environment = TestEnvironment.mutated(topology, mutation);
    this.memory = environment.memory();
    IommuBackend opened = backend.open(environment);
    this.seam = new BackendSeam(opened);
    this.core = core == null ? null : core.open(environment, opened);
    this.oracle =
        core == null
            ? Oracle.ofBackend(backend.hwInfo(), topology)
            : Oracle.ofCore(backend.hwInfo(), topology);
  }

  /** The history up to the first observation that is not allowed, or null if all were. */
  static @Nullable String refuted(
      Topology topology,
      StepMutation mutation,
      BackendProvider backend,
      @Nullable CoreProvider core,
      long seed,
      int length) {
    OracleRun run = new OracleRun(topology, mutation, backend, core);
    RandomOperations random = new RandomOperations(seed);
    for (int i = 0; i < length; i++) {
      Operation<?> operation = core == null ? random.ofBackend() : random.ofCore();
      boolean wellFormed =
          operation instanceof Access access
              ? run.oracle.wellFormed(access.access())
              : run.oracle.wellFormed(operation);
      if (wellFormed && !run.isAllowed(operation)) {
        return String.join("\n", run.history);
      }
    }
    return null;
  }

  private boolean isAllowed(Operation<?> operation) {
    history.add(operation.toString());
    Judgement judgement;
    try {
      judgement =
          operation instanceof Access access
              ? oracle.judge(access.access(), landing(access.access()))
              : oracle.judge(operation, reply(operation));
    } catch (RuntimeException crash) {
      history.add("crash: " + crash);
      return false;
    }
    history.add(
        "  " + (judgement.allowed() ? "" : judgement.clause() + " " + judgement.expected()));
    return judgement.allowed();
  }

  private Reply<?> reply(Operation<?> operation) {
    if (operation instanceof CoreOperation<?> call && core != null) {
      return noted(call.applyTo(core));
    }
    return noted(((BackendOperation<?>) operation).applyTo(seam));
  }

  private Reply<?> noted(Reply<?> reply) {
    history.add("  " + reply);
    return reply;
  }

  /**
   * Every word that the access could meet holds its own address, so that what is read or changed
   * shows where it was.
   */
  private Landing landing(DeviceAccess access) {
    Set<Long> planted = new TreeSet<>();
    long offset = access.iova().bytes() & (RandomOperations.PAGE - 1);
    long start = RandomOperations.DATA + RandomOperations.LARGE - AROUND;
    plant(planted, access.iova().bytes());
    for (long page = start;
        page < start + RandomOperations.LARGE + 2 * AROUND;
        page += RandomOperations.PAGE) {
      plant(planted, page + offset);
    }
    AccessOutcome outcome = seam.backend().access(access);
    history.add("  " + outcome);
    if (outcome instanceof AccessOutcome.Blocked) {
      return new Landing.Blocked();
    }
    if (access.kind() == AccessKind.ZERO_LENGTH_READ) {
      return new Landing.Somewhere();
    }
    if (access.kind() == AccessKind.READ) {
      long data = ((AccessOutcome.Completed) outcome).data();
      return planted.contains(data)
          ? new Landing.At(new PhysAddr(data))
          : new Landing.Unknown("read " + data);
    }
    return planted.stream()
        .filter(at -> memory.readLong(at) != at)
        .findFirst()
        .<Landing>map(at -> new Landing.At(new PhysAddr(at)))
        .orElse(new Landing.Unknown("no trace"));
  }

  private void plant(Set<Long> planted, long address) {
    if (memory.contains(address)) {
      memory.writeLong(address, address);
      planted.add(address);
    }
  }
}
