package org.iommuref.conformance.trace;

import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Predicate;

/** What a record of one name is to the model. */
sealed interface Meaning {

  /** The action of the same name. */
  record Action(List<Argument> arguments) implements Meaning {
    /** Copies the list. */
    public Action {
      arguments = List.copyOf(arguments);
    }
  }

  /** Nothing: no variable of the model changes. */
  record Stutter(String why) implements Meaning {}

  /** Nothing, but a later record needs what it says. */
  record Noted(String why, BiConsumer<Circumstances, Line> note) implements Meaning {}

  /** An error: what it does is outside the model, and a trace with it cannot be judged. */
  record Outside(String why) implements Meaning {}

  /** One of two, by what the record says. */
  record Either(Predicate<Line> condition, Meaning met, Meaning otherwise) implements Meaning {}
}
