package org.iommuref.model.mutant;

import java.util.Set;
import java.util.function.Predicate;
import org.iommuref.model.iommufd.ModelProvider;
import org.iommuref.model.iommufd.object.CountStep;
import org.iommuref.model.iommufd.object.Holder;
import org.iommuref.model.iommufd.object.ObjectType;
import org.iommuref.spec.spi.IommufdProvider;
import org.iommuref.spec.step.Step;

/** iommufd over the mock driver that leaves steps out of its calls. */
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
