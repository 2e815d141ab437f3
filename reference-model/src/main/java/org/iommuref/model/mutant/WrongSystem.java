package org.iommuref.model.mutant;

import java.util.function.Supplier;
import org.iommuref.model.iommufd.ModelProvider;
import org.iommuref.spec.backend.HwInfo;
import org.iommuref.spec.iommufd.Iommufd;
import org.iommuref.spec.iommufd.IommufdKernel;
import org.iommuref.spec.iommufd.ProcessId;
import org.iommuref.spec.iommufd.Processes;
import org.iommuref.spec.iommufd.call.FileCall.Account;
import org.iommuref.spec.spi.IommufdProvider;
import org.iommuref.spec.spi.Topology;

/**
 * iommufd over the mock driver whose view of processes, answers to programs and counts share a
 * state that is wrong; one for each start.
 */
abstract class WrongSystem {

  /** What iommufd sees of processes. */
  Processes below(Processes processes) {
    return processes;
  }

  /** What programs see of iommufd. */
  Iommufd above(Iommufd iommufd, Processes processes) {
    return iommufd;
  }

  /** What the counts of a process are said to be. */
  Account account(ProcessId process, Account right) {
    return right;
  }

  /** A provider whose every start has one of its own. */
  static IommufdProvider of(Supplier<WrongSystem> wrong) {
    return new Provider(wrong);
  }

  private record Provider(Supplier<WrongSystem> wrong) implements IommufdProvider {
    @Override
    public String name() {
      return ModelProvider.MOCK;
    }

    @Override
    public String title() {
      return ModelProvider.mock().title();
    }

    @Override
    public HwInfo hwInfo() {
      return ModelProvider.mock().hwInfo();
    }

    @Override
    public IommufdKernel start(Processes processes, Topology topology, long seed) {
      WrongSystem system = wrong.get();
      IommufdKernel right = ModelProvider.mock().start(system.below(processes), topology, seed);
      return new Started(system, right, system.above(right.iommufd(), processes));
    }
  }

  private record Started(WrongSystem system, IommufdKernel right, Iommufd iommufd)
      implements IommufdKernel {
    @Override
    public Account account(ProcessId process) {
      return system.account(process, right.account(process));
    }

    @Override
    public int failNth() {
      return right.failNth();
    }

    @Override
    public void setFailNth(int nth) {
      right.setFailNth(nth);
    }

    @Override
    public byte[] mappedFrame(long frame) {
      return right.mappedFrame(frame);
    }
  }
}
