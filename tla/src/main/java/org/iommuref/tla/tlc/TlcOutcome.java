package org.iommuref.tla.tlc;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** How a run of TLC ended, by the exit code of its process. */
public enum TlcOutcome {
  /** Every reachable state was looked at, and nothing was violated. */
  OK,
  /** An {@code ASSUME} does not hold. */
  ASSUMPTION,
  /** A state without a successor was reached. */
  DEADLOCK,
  /** An invariant or a property of single steps was violated. */
  INVARIANT,
  /** A temporal property was violated. */
  PROPERTY,
  /** An {@code Assert} failed. */
  ASSERT,
  /** An expression has no value in some state. */
  EVALUATION,
  /** A module cannot be parsed. */
  PARSE,
  /** A config does not fit its module. */
  CONFIG,
  /** A file could not be read or written, or the machine gave out. */
  SYSTEM,
  /** Any other end, as that of a JVM that could not start. */
  BROKEN;

  /** The outcome that an exit code stands for; {@link #BROKEN} for one that TLC does not define. */
  static TlcOutcome ofExitCode(int code) {
    return switch (code) {
      case 0 -> OK;
      case 10 -> ASSUMPTION;
      case 11 -> DEADLOCK;
      case 12 -> INVARIANT;
      case 13 -> PROPERTY;
      case 14 -> ASSERT;
      case 75, 76, 77 -> EVALUATION;
      case 150 -> PARSE;
      case 151 -> CONFIG;
      case 153 -> SYSTEM;
      default -> BROKEN;
    };
  }

  /** The outcome of that name, as a manifest writes it: lower case; empty if there is none. */
  public static Optional<TlcOutcome> named(String name) {
    return Arrays.stream(values()).filter(outcome -> outcome.toString().equals(name)).findFirst();
  }

  /** Whether TLC came to a result about the model, good or bad. */
  public boolean isVerdict() {
    return compareTo(ASSERT) <= 0;
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
