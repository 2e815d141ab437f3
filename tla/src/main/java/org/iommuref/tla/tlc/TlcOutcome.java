package org.iommuref.tla.tlc;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** How a run of TLC ended, by the exit code of its process. */
public enum TlcOutcome {
  /** Every reachable state was looked at, and nothing was violated. */
  OK(0),
  /** An {@code ASSUME} does not hold. */
  ASSUMPTION(10),
  /** A state without a successor was reached. */
  DEADLOCK(11),
  /** An invariant or a property of single steps was violated. */
  INVARIANT(12),
  /** A temporal property was violated. */
  PROPERTY(13),
  /** An {@code Assert} failed. */
  ASSERT(14),
  /** An expression has no value in some state. */
  EVALUATION(75, 76, 77),
  /** A module cannot be parsed. */
  PARSE(150),
  /** A config does not fit its module. */
  CONFIG(151),
  /** A file could not be read or written, or the machine gave out. */
  SYSTEM(153),
  /** Any other end, as that of a JVM that could not start. */
  BROKEN();

  private final int[] exitCodes;

  TlcOutcome(int... exitCodes) {
    this.exitCodes = exitCodes;
  }

  /** The outcome that an exit code stands for; {@link #BROKEN} for one that TLC does not define. */
  static TlcOutcome ofExitCode(int code) {
    return Arrays.stream(values())
        .filter(outcome -> Arrays.stream(outcome.exitCodes).anyMatch(c -> c == code))
        .findFirst()
        .orElse(BROKEN);
  }

  /** The outcome of that name, as a manifest writes it: lower case; empty if there is none. */
  public static Optional<TlcOutcome> named(String name) {
    return Arrays.stream(values()).filter(outcome -> outcome.toString().equals(name)).findFirst();
  }

  /** Whether TLC came to a result about the model, good or bad. */
  public boolean isVerdict() {
    return ordinal() <= ASSERT.ordinal();
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
