package org.iommuref.conformance.scenario;

import org.iommuref.conformance.report.Words;
import org.iommuref.spec.operation.BackendOperation;
import org.jspecify.annotations.Nullable;

/** One call of a scenario. */
public sealed interface Call permits Call.OnBackend, IommufdCall {

  /** The name of its result in outcomes, or null: then it must succeed. */
  @Nullable String as();

  /** The call and its arguments on one line. */
  String words();

  /**
   * An operation of seam 2.
   *
   * @param operation what is done
   */
  record OnBackend(BackendOperation<?> operation, @Nullable String as) implements Call {
    @Override
    public String words() {
      return Words.of(operation);
    }
  }
}
