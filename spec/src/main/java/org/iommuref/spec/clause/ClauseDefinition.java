package org.iommuref.spec.clause;

import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * A clause as the catalogue states it.
 *
 * @param id its permanent name
 * @param position where the catalogue states it
 * @param level how binding it is
 * @param title the rule in a few words
 * @param statement the rule in one sentence with one of the words must, should and may, that of the
 *     level
 * @param intent what would go wrong, or what it is good for
 * @param origins where the rule comes from, at least one
 * @param since the version of Linux with which the rule took its present form, where it changed
 * @param seams the seams, 1 to 3, at which an implementation shows whether it keeps it
 * @param needs what must be declared before it can be judged, without what these imply
 * @param check how its truth is established
 * @param why why it is not always decided by a case; present where {@code check} is {@link
 *     Check#UNTESTED}
 */
public record ClauseDefinition(
    ClauseId id,
    Position position,
    Level level,
    String title,
    String statement,
    String intent,
    List<Origin> origins,
    Optional<String> since,
    Set<Integer> seams,
    Set<Capability> needs,
    Check check,
    Optional<String> why) {

  /** Copies the collections, which are immutable from then on. */
  public ClauseDefinition {
    origins = List.copyOf(origins);
    seams = Collections.unmodifiableSet(new TreeSet<>(seams));
    needs = Capability.ordered(needs);
  }
}
