package org.iommuref.conformance.qemu;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.iommuref.conformance.process.ProcessOptions;
import org.iommuref.conformance.suite.SuiteRunner;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Runs where there is a QEMU that emulates {@code intel-iommu}; elsewhere the tests are reported as
 * skipped, with the reason.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(NeedsQemu.Present.class)
@interface NeedsQemu {

  /** The target that the tests open. */
  String TARGET = "qemu:intel-iommu";

  /** Whether the target opens. */
  final class Present implements ExecutionCondition {

    private static final ConditionEvaluationResult RESULT = look();

    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
      return RESULT;
    }

    private static ConditionEvaluationResult look() {
      try (var target =
          new QemuTargets(null, ProcessOptions.standard()).open(TARGET, SuiteRunner.SEAM)) {
        return ConditionEvaluationResult.enabled(target.title());
      } catch (QemuAbsentException e) {
        return ConditionEvaluationResult.disabled(e.getMessage());
      }
    }
  }
}
