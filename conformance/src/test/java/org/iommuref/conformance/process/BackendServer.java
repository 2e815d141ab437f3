package org.iommuref.conformance.process;

import java.io.IOException;
import org.iommuref.model.ideal.IdealBackend;
import org.iommuref.spec.backend.HwInfo;
import org.iommuref.spec.memory.PhysAddr;
import org.iommuref.spec.memory.SystemMemory;
import org.iommuref.spec.operation.BackendOperation;
import org.iommuref.spec.operation.BackendSeam;
import org.iommuref.spec.operation.Operation;
import org.iommuref.spec.operation.Reply;
import org.iommuref.spec.spi.Topology;
import org.iommuref.spec.wire.Hello;
import org.iommuref.spec.wire.Introduction;
import org.iommuref.spec.wire.MemoryRange;
import org.iommuref.spec.wire.RamOwner;
import org.iommuref.spec.wire.Reset;

/** An adapter in Java: serves the ideal backend over stdin and stdout. */
final class BackendServer implements AdapterEnd.Served {

  private static final long MEMORY_BYTES = 1L << 46;
  private static final int WINDOW = 64;
  private static final int LINE_LIMIT = 65536;

  private BackendSeam seam = open(Topology.oneDevice());

  private BackendServer() {}

  /** Serves until bye or the end of stdin. */
  public static void main(String[] arguments) throws IOException {
    new AdapterEnd().serve(new BackendServer());
  }

  /** A backend in its state after power-on. */
  static BackendSeam open(Topology topology) {
    return new BackendSeam(new IdealBackend(topology, SystemMemory.ofSize(MEMORY_BYTES)));
  }

  @Override
  public <V> Reply<V> answer(Operation<V> operation) {
    return operation instanceof BackendOperation<V> call
        ? call.applyTo(seam)
        : new Reply.Unsupported<>("no " + operation.op());
  }

  @Override
  public void reset(Reset reset) {
    seam = open(reset.topology());
  }

  @Override
  public Introduction introduction() {
    HwInfo info = seam.backend().hwInfo();
    return new Introduction(
        "ideal",
        "1.0",
        Hello.PROTOCOL,
        Hello.BACKEND_SEAM,
        Introduction.BACKEND_ROLE,
        info.architecture(),
        info.pageSizes(),
        info.addressBits(),
        info.maxPasids(),
        info.unit(),
        info.stimulus(),
        RamOwner.TARGET,
        new MemoryRange(new PhysAddr(1L << 32), 1L << 32),
        WINDOW,
        LINE_LIMIT);
  }
}
