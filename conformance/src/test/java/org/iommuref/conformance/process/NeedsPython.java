package org.iommuref.conformance.process;

import java.io.IOException;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Runs where there is a {@code python3}; elsewhere the tests are reported as skipped. */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(NeedsPython.Present.class)
public @interface NeedsPython {

  /** Whether python3 starts. */
  final class Present implements ExecutionCondition {

    private static final boolean PRESENT = starts();

    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
      return PRESENT
          ? ConditionEvaluationResult.enabled("python3 is there")
          : ConditionEvaluationResult.disabled("there is no python3");
    }

    private static boolean starts() {
      try {
        return new ProcessBuilder("python3", "-c", "").start().waitFor() == 0;
      } catch (IOException e) {
        return false;
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return false;
      }
    }
  }
}
