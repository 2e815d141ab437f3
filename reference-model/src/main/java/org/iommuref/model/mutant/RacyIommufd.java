package org.iommuref.model.mutant;

import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.iommuref.model.check.Checks;
import org.iommuref.model.iommufd.IommufdModel;
import org.iommuref.model.iommufd.SteppedMock;
import org.iommuref.model.iommufd.kernel.CheckList;
import org.iommuref.model.iommufd.kernel.CheckLists;
import org.iommuref.model.iommufd.kernel.Kernel;
import org.iommuref.model.iommufd.object.ObjectTable;
import org.iommuref.spec.iommufd.Processes;
import org.iommuref.spec.iommufd.SteppedIommufd;
import org.iommuref.spec.spi.Environment;
import org.iommuref.spec.spi.SteppedIommufdProvider;
import org.iommuref.spec.step.Step;
import org.iommuref.spec.step.Steps;

/**
 * iommufd over the mock driver with steps in another order, other checks, or another table.
 *
 * @param order puts something between iommufd and its steps
 * @param checks the lists in force
 * @param tables makes the table of objects of a context
 */
record RacyIommufd(
    UnaryOperator<Steps> order, CheckLists checks, Function<Kernel, ObjectTable> tables)
    implements SteppedIommufdProvider {

  /** Something stands between iommufd and its steps. */
  static RacyIommufd ordered(UnaryOperator<Steps> order) {
    return new RacyIommufd(order, CheckLists.LINUX, ObjectTable::new);
  }

  /** The lock of that name is not taken by some. */
  static RacyIommufd without(String lock, WithoutLock.Who who) {
    return ordered(steps -> new WithoutLock(steps, lock, who));
  }

  /** Steps of some classes are left out. */
  @SafeVarargs
  static RacyIommufd without(Class<? extends Step>... left) {
    return ordered(
        steps -> {
          Steps fewer = steps;
          for (Class<? extends Step> each : left) {
            fewer = new WithoutStep(fewer, each::isInstance);
          }
          return fewer;
        });
  }

  /** One step comes behind another that follows it. */
  static RacyIommufd late(Class<? extends Step> late, Class<? extends Step> end) {
    return ordered(steps -> LateStep.behind(steps, late, end));
  }

  /** One step comes behind the end of a lock that it was taken under. */
  static RacyIommufd late(Class<? extends Step> late, String lock) {
    return ordered(steps -> LateStep.behindLock(steps, late, lock));
  }

  /** A lock is given back for a moment behind a step. */
  static RacyIommufd split(String lock, Class<? extends Step> behind) {
    return ordered(steps -> new SplitLock(steps, lock, behind));
  }

  /** A check is left out, though a lock has to be held where it would refuse. */
  static <R> RacyIommufd unchecked(CheckList<R> list, String clause) {
    Checks<R> checks = list.linux();
    int index = 0;
    while (!checks.list().get(index).clause().toString().equals(clause)) {
      index++;
    }
    return new RacyIommufd(
        steps -> steps, CheckLists.LINUX.with(list, checks.without(index)), ObjectTable::new);
  }

  /** Objects are kept in another table. */
  static RacyIommufd keeping(Function<Kernel, ObjectTable> tables) {
    return new RacyIommufd(steps -> steps, CheckLists.LINUX, tables);
  }

  @Override
  public String name() {
    return SteppedMock.NAME;
  }

  @Override
  public SteppedIommufd open(
      Processes processes, Environment environment, Predicate<String> fails) {
    Environment other = environment.withSteps(order.apply(environment.steps()));
    return IommufdModel.openMock(processes, other, fails::test, checks, tables);
  }
}
