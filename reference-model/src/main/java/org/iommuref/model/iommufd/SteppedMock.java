package org.iommuref.model.iommufd;

import java.util.function.Predicate;
import org.iommuref.model.iommufd.kernel.CheckLists;
import org.iommuref.spec.iommufd.Processes;
import org.iommuref.spec.iommufd.SteppedIommufd;
import org.iommuref.spec.spi.Environment;
import org.iommuref.spec.spi.SteppedIommufdProvider;

/** iommufd over the mock driver, to explore. */
public final class SteppedMock implements SteppedIommufdProvider {

  /** The name. */
  public static final String NAME = "mock";

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public SteppedIommufd open(
      Processes processes, Environment environment, Predicate<String> fails) {
    return IommufdModel.openMock(processes, environment, fails::test, CheckLists.LINUX);
  }
}
