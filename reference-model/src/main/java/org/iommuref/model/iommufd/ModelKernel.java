package org.iommuref.model.iommufd;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import org.iommuref.model.iommufd.kernel.FailNth;
import org.iommuref.spec.iommufd.Iommufd;
import org.iommuref.spec.iommufd.IommufdKernel;
import org.iommuref.spec.iommufd.ProcessId;
import org.iommuref.spec.iommufd.Processes;
import org.iommuref.spec.iommufd.call.FileCall.Account;
import org.iommuref.spec.memory.Memory;
import org.iommuref.spec.spi.Topology;

/** The model with what programs learn of it by other files of Linux. */
public final class ModelKernel implements IommufdKernel {

  private final IommufdModel model;
  private final FailNth failNth;
  private final Memory memory;

  ModelKernel(IommufdModel model, FailNth failNth, Memory memory) {
    this.model = model;
    this.failNth = failNth;
    this.memory = memory;
  }

  /** The model over its mock driver, as Linux's self-test finds iommufd. */
  public static IommufdKernel ofMock(Processes processes) {
    return ModelProvider.mock().start(processes, new Topology(List.of()), 0);
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
