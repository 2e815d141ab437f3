package org.iommuref.model.mutant;

import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.iommuref.model.iommufd.IommufdModel;
import org.iommuref.model.iommufd.SteppedMock;
import org.iommuref.model.iommufd.kernel.CheckLists;
import org.iommuref.spec.iommufd.Processes;
import org.iommuref.spec.iommufd.SteppedIommufd;
import org.iommuref.spec.spi.Environment;
import org.iommuref.spec.spi.SteppedIommufdProvider;
import org.iommuref.spec.step.Steps;

/**
 * iommufd over the mock driver with steps in another order, or other checks.
 *
 * @param order puts something between iommufd and its steps
 * @param checks the lists in force
 */
record RacyIommufd(UnaryOperator<Steps> order, CheckLists checks)
    implements SteppedIommufdProvider {

  static RacyIommufd ordered(UnaryOperator<Steps> order) {
    return new RacyIommufd(order, CheckLists.LINUX);
  }

  static RacyIommufd checking(CheckLists checks) {
    return new RacyIommufd(steps -> steps, checks);
  }

  @Override
  public String name() {
    return SteppedMock.NAME;
  }

  @Override
  public SteppedIommufd open(
      Processes processes, Environment environment, Predicate<String> fails) {
    Environment other = environment.withSteps(order.apply(environment.steps()));
    return IommufdModel.openMock(processes, other, fails::test, checks);
  }
}
