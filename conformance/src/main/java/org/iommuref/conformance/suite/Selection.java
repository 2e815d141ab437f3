package org.iommuref.conformance.suite;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.iommuref.spec.clause.ClauseId;
import org.iommuref.spec.spi.CachePolicy;

/**
 * What of the suite is run.
 *
 * @param clauses globs over clause ids, as {@code INV-*}; empty for all
 * @param sequences how many sequences are generated
 * @param rounds how often each directed case is run, each time with another seed
 * @param caches the policy of caches of ours
 * @param seam at which it is judged
 */
public record Selection(
    List<String> clauses, int sequences, int rounds, CachePolicy caches, int seam) {

  /** Copies the list. */
  public Selection {
    clauses = List.copyOf(clauses);
  }

  /** All clauses. */
  public static Selection all() {
    return new Selection(List.of(), 400, 4, CachePolicy.ADVERSARIAL, SuiteRunner.SEAM);
  }

  /** The same for these clauses alone. */
  public Selection of(List<String> globs) {
    return new Selection(globs, sequences, rounds, caches, seam);
  }

  /** The same with this many generated sequences. */
  public Selection withSequences(int count) {
    return new Selection(clauses, count, rounds, caches, seam);
  }

  /** The same with this many rounds of each directed case. */
  public Selection withRounds(int count) {
    return new Selection(clauses, sequences, count, caches, seam);
  }

  /** The same under a cache policy. */
  public Selection with(CachePolicy policy) {
    return new Selection(clauses, sequences, rounds, policy, seam);
  }

  /** The same at another seam. */
  public Selection at(int otherSeam) {
    return new Selection(clauses, sequences, rounds, caches, otherSeam);
  }

  /** Whether the clause is asked for. */
  public boolean includes(ClauseId clause) {
    return clauses.isEmpty() || clauses.stream().anyMatch(glob -> matches(glob, clause));
  }

  private static boolean matches(String glob, ClauseId clause) {
    if (glob.indexOf('*') < 0) {
      return clause.toString().equals(glob);
    }
    String pattern =
        glob.chars()
            .mapToObj(c -> c == '*' ? ".*" : Pattern.quote(Character.toString(c)))
            .collect(Collectors.joining());
    return clause.toString().matches(pattern);
  }

  /** In the words of a report. */
  public String inWords() {
    return clauses.isEmpty() ? "all clauses" : String.join(" ", clauses);
  }
}
