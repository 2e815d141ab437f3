package org.iommuref.model.iommufd.kernel;

import java.util.ArrayList;
import java.util.List;

/** What the kernel would print as WARN: a state that should not be. Kept in the order it came. */
public final class Warnings {

  private final List<String> warnings = new ArrayList<>();

  /** Notes one, in words. */
  public void warn(String what) {
    warnings.add(what);
  }

  /** Notes one if the condition holds, and returns whether it does. */
  public boolean warnIf(boolean condition, String what) {
    if (condition) {
      warnings.add(what);
    }
    return condition;
  }

  /** Whether there is none. */
  public boolean isEmpty() {
    return warnings.isEmpty();
  }

  /** All of them. */
  public List<String> all() {
    return List.copyOf(warnings);
  }
}
