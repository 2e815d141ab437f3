package org.iommuref.model.schedule;

import java.util.List;

/** Decides what is not determined. */
@FunctionalInterface
public interface Choices {

  /** A number from 0 to {@code n - 1}; 0 is the plain case. */
  int choose(String label, int n);

  /** Always the plain case. */
  static Choices plain() {
    return (label, n) -> 0;
  }

  /** Each case equally likely; the same seed gives the same choices. */
  static Choices seeded(long seed) {
    var generator = new SplitMix64(seed);
    return (label, n) -> generator.nextInt(n);
  }

  /**
   * The choices given, in order, then the plain case.
   *
   * <p>A choice that its place does not have is refused with {@link IllegalArgumentException}.
   */
  static Choices forced(List<Integer> choices) {
    return new ForcedChoices(choices);
  }
}
