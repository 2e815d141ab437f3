package org.iommuref.conformance.linux;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import org.iommuref.model.iommufd.IommufdModel;
import org.iommuref.model.iommufd.kernel.CheckLists;
import org.iommuref.model.iommufd.kernel.FailNth;
import org.iommuref.model.schedule.Sequential;
import org.iommuref.spec.iommufd.Iommufd;
import org.iommuref.spec.iommufd.ProcessId;
import org.iommuref.spec.iommufd.Processes;
import org.iommuref.spec.iommufd.call.FileCall.Account;
import org.iommuref.spec.memory.PagePool;
import org.iommuref.spec.memory.SystemMemory;
import org.iommuref.spec.spi.CachePolicy;
import org.iommuref.spec.spi.Environment;
import org.iommuref.spec.spi.Topology;
import org.iommuref.spec.step.Footprint;

/** The model of this project over its mock driver, as Linux's self-test finds iommufd. */
public final class ModelKernel implements ServedKernel {

  private static final long MEMORY = 1L << 40;
  private static final long TABLES = 0x1000;
  private static final int TABLE_PAGES = 16;

  private final FailNth failNth = new FailNth();
  private final SystemMemory memory = SystemMemory.ofSize(MEMORY);
  private final IommufdModel model;

  /** A kernel in which nothing is open. */
  public ModelKernel(Processes processes) {
    Environment environment =
        new Environment(
            new Topology(List.of()),
            memory,
            new PagePool(memory, TABLES, TABLE_PAGES),
            Sequential.plain(),
            Footprint.NONE,
            CachePolicy.REALISTIC);
    this.model = IommufdModel.openMock(processes, environment, failNth, CheckLists.LINUX);
  }

  @Override
  public Iommufd iommufd() {
    return model;
  }

  @Override
  public Account account(ProcessId process) {
    return new Account(model.accounting().pinned(process), model.accounting().locked(process));
  }

  @Override
  public int failNth() {
    return failNth.left();
  }

  @Override
  public void setFailNth(int nth) {
    failNth.set(nth);
  }

  @Override
  public byte[] mappedFrame(long frame) {
    ByteBuffer bytes = ByteBuffer.allocate(Processes.PAGE_SIZE).order(ByteOrder.LITTLE_ENDIAN);
    long address = frame * Processes.PAGE_SIZE;
    for (int at = 0; at < Processes.PAGE_SIZE; at += Long.BYTES) {
      bytes.putLong(memory.readLong(address + at));
    }
    return bytes.array();
  }
}
