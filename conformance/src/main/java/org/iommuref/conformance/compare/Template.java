package org.iommuref.conformance.compare;

import java.util.function.Function;
import java.util.function.Predicate;
import org.iommuref.conformance.program.Structure;

/**
 * A command as a program uses it: how it fills the structure, and what it learns from the answer.
 *
 * @param name as in the kernel's headers
 * @param command the number behind the type of iommufd's ioctls
 * @param weight how often it is drawn, against others
 * @param sensible whether there is anything to use it on
 * @param filled a structure for a call
 * @param learned takes the structure of a call that succeeded
 */
record Template(
    String name,
    int command,
    int weight,
    Predicate<Known> sensible,
    Function<Known, Structure> filled,
    Learning learned) {

  private static final int TYPE = ';' << 8;

  /** What a program learns from a structure that the kernel has filled. */
  interface Learning {

    /** Takes the structure. */
    void from(Known known, Structure answer);
  }

  /** The whole number of the ioctl. */
  int number() {
    return TYPE | command;
  }

  /** A command that needs nothing, and teaches what a consumer takes from the structure. */
  static Template of(
      String name,
      int command,
      int weight,
      Predicate<Known> sensible,
      Function<Known, Structure> filled) {
    return new Template(name, command, weight, sensible, filled, (known, answer) -> {});
  }

  /** The same, with something to learn. */
  Template teaching(Learning learning) {
    return new Template(name, command, weight, sensible, filled, learning);
  }
}
