package org.iommuref.model.mutant;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
import org.iommuref.model.check.Check;
import org.iommuref.model.check.Checks;
import org.iommuref.spec.clause.ClauseId;
import org.iommuref.spec.errno.Errno;

/**
 * A list of checks that is wrong in one place.
 *
 * @param what the last part of the mutant's name
 * @param title what is wrong, behind the name of the call
 * @param violates the clauses of the checks that changed
 * @param checks the list
 * @param <R> the request that is checked
 */
record CheckMutation<R>(String what, String title, List<ClauseId> violates, Checks<R> checks) {

  /**
   * Every check dropped, every check with another errno, every two neighbours swapped whose errnos
   * differ.
   */
  static <R> List<CheckMutation<R>> of(Checks<R> checks) {
    List<String> keys = keys(checks.list());
    List<CheckMutation<R>> all = new ArrayList<>();
    for (int index = 0; index < keys.size(); index++) {
      Check<R> check = checks.list().get(index);
      String key = keys.get(index);
      if (!check.needed()) {
        all.add(
            new CheckMutation<>(
                "without-" + key,
                "does not refuse when " + check.reason(),
                List.of(check.clause()),
                checks.without(index)));
      }
      Errno wrong = otherThan(check.errno());
      all.add(
          new CheckMutation<>(
              key + "-as-" + lower(wrong),
              "answers " + wrong + " when " + check.reason(),
              List.of(check.clause()),
              checks.answering(index, wrong)));
      if (index + 1 < keys.size() && check.errno() != checks.list().get(index + 1).errno()) {
        all.add(
            new CheckMutation<>(
                key + "-behind-" + keys.get(index + 1),
                "looks too late whether " + check.reason(),
                Stream.of(check.clause(), checks.list().get(index + 1).clause())
                    .distinct()
                    .toList(),
                checks.swapped(index)));
      }
    }
    return all;
  }

  /** Whether two checks have changed places. */
  boolean isOfOrder() {
    return what.contains("-behind-");
  }

  private static Errno otherThan(Errno errno) {
    return errno == Errno.EBUSY ? Errno.EINVAL : Errno.EBUSY;
  }

  private static String lower(Object name) {
    return name.toString().toLowerCase(Locale.ROOT);
  }

  /**
   * The clause of each check; where a clause has several in the list, those behind the first have a
   * letter.
   */
  private static <R> List<String> keys(List<Check<R>> checks) {
    Set<String> taken = new HashSet<>();
    List<String> keys = new ArrayList<>();
    for (Check<R> check : checks) {
      String clause = lower(check.clause());
      String key = clause;
      for (char letter = 'b'; !taken.add(key); letter++) {
        key = clause + letter;
      }
      keys.add(key);
    }
    return keys;
  }
}
