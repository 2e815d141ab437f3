package org.iommuref.model.check;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.iommuref.spec.clause.ClauseId;
import org.iommuref.spec.errno.Errno;
import org.jspecify.annotations.Nullable;

/**
 * The checks of one call: where several conditions hold, the earliest decides.
 *
 * @param <R> the request that is checked
 */
public final class Checks<R> {

  private final List<Check<R>> inOrder;

  private Checks(List<Check<R>> inOrder) {
    this.inOrder = List.copyOf(inOrder);
  }

  /** A list without a check. */
  public static <R> Checks<R> inOrder() {
    return new Checks<>(List.of());
  }

  /** This list and one more check behind it; {@code clause} is written {@code ATT-001}. */
  public Checks<R> when(String clause, String reason, Predicate<? super R> refuses, Errno errno) {
    return then(
        new Checks<>(List.of(new Check<>(ClauseId.parse(clause), reason, refuses, errno, false))));
  }

  /**
   * The same with a check that finds what comes behind cannot do without, as an object by its id.
   */
  public Checks<R> needs(String clause, String reason, Predicate<? super R> refuses, Errno errno) {
    return then(
        new Checks<>(List.of(new Check<>(ClauseId.parse(clause), reason, refuses, errno, true))));
  }

  /** This list and another behind it. */
  public Checks<R> then(Checks<R> behind) {
    return new Checks<>(Stream.concat(inOrder.stream(), behind.inOrder.stream()).toList());
  }

  /** The errno of the first check that refuses, or null if none does. */
  public @Nullable Errno refusal(R request) {
    for (Check<R> check : inOrder) {
      if (check.refuses().test(request)) {
        return check.errno();
      }
    }
    return null;
  }

  /** The checks in their order; immutable. */
  public List<Check<R>> list() {
    return inOrder;
  }

  /** The list without the check at {@code index}. */
  public Checks<R> without(int index) {
    List<Check<R>> others = new ArrayList<>(inOrder);
    others.remove(index);
    return new Checks<>(others);
  }

  /** The list with the check at {@code index} behind its successor. */
  public Checks<R> swapped(int index) {
    List<Check<R>> others = new ArrayList<>(inOrder);
    Collections.swap(others, index, index + 1);
    return new Checks<>(others);
  }

  /** The list with another errno at {@code index}. */
  public Checks<R> answering(int index, Errno errno) {
    List<Check<R>> others = new ArrayList<>(inOrder);
    others.set(index, others.get(index).answering(errno));
    return new Checks<>(others);
  }
}
