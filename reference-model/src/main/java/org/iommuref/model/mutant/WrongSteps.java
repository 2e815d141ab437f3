package org.iommuref.model.mutant;

import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.iommuref.model.check.Check;
import org.iommuref.model.iommufd.ModelProvider;
import org.iommuref.model.iommufd.kernel.CheckList;
import org.iommuref.model.iommufd.kernel.CheckLists;
import org.iommuref.model.iommufd.object.CountStep;
import org.iommuref.model.iommufd.object.Holder;
import org.iommuref.model.iommufd.object.ObjectType;
import org.iommuref.spec.errno.Errno;
import org.iommuref.spec.spi.IommufdProvider;
import org.iommuref.spec.step.Step;

/** iommufd over the mock driver with steps or checks that are left out or are others. */
final class WrongSteps {

  private WrongSteps() {}

  /** Some steps are left out. */
  static IommufdProvider without(Predicate<Step> left) {
    return ModelProvider.mock().with(steps -> new WithoutStep(steps, left));
  }

  /** Steps of one class are left out. */
  static IommufdProvider without(Class<? extends Step> left) {
    return without(left::isInstance);
  }

  /** Each step of one class is another one of the class. */
  static <C extends Step> IommufdProvider changing(Class<C> kind, UnaryOperator<C> other) {
    return ModelProvider.mock().with(steps -> new OtherStep<>(steps, kind, other));
  }

  /** A check answers another errno. */
  static <R> IommufdProvider answering(CheckList<R> list, String reason, Errno errno) {
    List<Check<R>> checks = list.linux().list();
    int index = 0;
    while (!checks.get(index).reason().equals(reason)) {
      index++;
    }
    return ModelProvider.mock()
        .with(CheckLists.LINUX.with(list, list.linux().answering(index, errno)));
  }

  /** Somebody never lets go of objects of some types. */
  static IommufdProvider keeping(Holder by, ObjectType... held) {
    Set<ObjectType> types = Set.of(held);
    return without(
        step ->
            step instanceof CountStep.Drop drop && drop.by() == by && types.contains(drop.type()));
  }

  /** Somebody does not count as one who refers to objects of some types. */
  static IommufdProvider forgetting(Holder by, ObjectType... held) {
    Set<ObjectType> types = Set.of(held);
    return without(step -> isOf(step, by, types));
  }

  private static boolean isOf(Step step, Holder by, Set<ObjectType> types) {
    if (step instanceof CountStep.Hold hold) {
      return hold.by() == by && types.contains(hold.type());
    }
    return step instanceof CountStep.Drop drop && drop.by() == by && types.contains(drop.type());
  }
}
