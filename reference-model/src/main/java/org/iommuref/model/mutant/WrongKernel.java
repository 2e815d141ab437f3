package org.iommuref.model.mutant;

import java.util.function.UnaryOperator;
import org.iommuref.model.core.CoreParts;
import org.iommuref.model.ideal.IdealProvider;
import org.iommuref.model.iommufd.ModelProvider;
import org.iommuref.spec.backend.HwInfo;
import org.iommuref.spec.backend.IommuBackend;
import org.iommuref.spec.iommufd.Iommufd;
import org.iommuref.spec.iommufd.IommufdKernel;
import org.iommuref.spec.iommufd.ProcessId;
import org.iommuref.spec.iommufd.Processes;
import org.iommuref.spec.iommufd.call.FileCall.Account;
import org.iommuref.spec.spi.IommufdProvider;
import org.iommuref.spec.spi.Topology;
import org.iommuref.spec.step.Step;

/**
 * iommufd, over the mock driver or another, that is wrong where programs or processes meet it.
 *
 * @param base the right one
 * @param below what it sees of processes, made from what they are
 * @param above what programs see of it, made from what it is and from what processes are
 */
record WrongKernel(ModelProvider base, UnaryOperator<Processes> below, Above above)
    implements IommufdProvider {

  /** Makes what programs see. */
  @FunctionalInterface
  interface Above {
    Iommufd of(Iommufd iommufd, Processes processes);
  }

  /** Wrong in what programs see of it. */
  static WrongKernel above(Above above) {
    return new WrongKernel(ModelProvider.mock(), processes -> processes, above);
  }

  /** Wrong in what it does with processes. */
  static WrongKernel below(UnaryOperator<Processes> below) {
    return new WrongKernel(ModelProvider.mock(), below, (iommufd, processes) -> iommufd);
  }

  /** Wrong in that it leaves out the steps of a class. */
  static WrongKernel without(Class<? extends Step> left) {
    ModelProvider base =
        ModelProvider.mock().with(steps -> new WithoutStep(steps, left::isInstance));
    return new WrongKernel(base, processes -> processes, (iommufd, processes) -> iommufd);
  }

  /** Over the driver {@code ideal}, with a core that has a part that is wrong. */
  static WrongKernel overCore(UnaryOperator<CoreParts> change) {
    ModelProvider base = ModelProvider.over(new IdealProvider(), change.apply(CoreParts.LINUX));
    return new WrongKernel(base, processes -> processes, (iommufd, processes) -> iommufd);
  }

  /** Over the driver {@code ideal}, of which the core sees something else. */
  static WrongKernel overDriver(UnaryOperator<IommuBackend> seen) {
    return overCore(parts -> parts.withDriver(seen));
  }

  /** The same over the driver {@code ideal}, whose devices share groups. */
  WrongKernel overIdeal() {
    return over(ModelProvider.over(new IdealProvider()));
  }

  /** The same over another driver. */
  WrongKernel over(ModelProvider other) {
    return new WrongKernel(other, below, above);
  }

  @Override
  public String name() {
    return base.name();
  }

  @Override
  public String title() {
    return base.title();
  }

  @Override
  public HwInfo hwInfo() {
    return base.hwInfo();
  }

  @Override
  public IommufdKernel start(Processes processes, Topology topology, long seed) {
    IommufdKernel right = base.start(below.apply(processes), topology, seed);
    return new Wrapped(right, above.of(right.iommufd(), processes));
  }

  private record Wrapped(IommufdKernel right, Iommufd iommufd) implements IommufdKernel {
    @Override
    public Account account(ProcessId process) {
      return right.account(process);
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
