package org.iommuref.model.iommufd.kernel;

import java.util.HashMap;
import java.util.Map;
import org.iommuref.model.check.Checks;

/** The lists of checks that are in force: Linux's, but for those that were changed. */
public final class CheckLists {

  /** Linux's lists. */
  public static final CheckLists LINUX = new CheckLists(Map.of());

  private final Map<String, Checks<?>> changed;

  private CheckLists(Map<String, Checks<?>> changed) {
    this.changed = Map.copyOf(changed);
  }

  /** The same with another list in place of one. */
  public <R> CheckLists with(CheckList<R> list, Checks<R> other) {
    Map<String, Checks<?>> all = new HashMap<>(changed);
    all.put(list.name(), other);
    return new CheckLists(all);
  }

  /** The checks in force for a list. */
  @SuppressWarnings("unchecked") // with() put a list of the same requests under this name
  public <R> Checks<R> of(CheckList<R> list) {
    Checks<?> other = changed.isEmpty() ? null : changed.get(list.name());
    return other == null ? list.linux() : (Checks<R>) other;
  }
}
