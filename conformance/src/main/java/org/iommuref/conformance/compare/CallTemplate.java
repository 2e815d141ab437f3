package org.iommuref.conformance.compare;

import java.util.function.Function;
import java.util.function.Predicate;
import org.iommuref.conformance.program.StructureBytes;

/**
 * A command as a program uses it: how it fills the structure, and what it learns from the answer.
 *
 * @param name as in the kernel's headers
 * @param command the number behind the type of iommufd's ioctls
 * @param weight how often it is drawn, against others
 * @param sensible whether there is anything to use it on
 * @param filled a structure for a call
 * @param argument what the ioctl is given: the structure's address, but for commands that take a
 *     number
 * @param learned takes the structure of a call that succeeded
 */
record CallTemplate(
    String name,
    int command,
    int weight,
    Predicate<Known> sensible,
    Function<Known, StructureBytes> filled,
    Function<Known, Long> argument,
    Learning learned) {

  private static final int TYPE = ';' << 8;

  /** What a program learns from a structure that the kernel has filled. */
  interface Learning {

    /** Takes the structure, and what the ioctl returned. */
    void from(Known known, StructureBytes answer, int result);
  }

  /** What a program learns from a structure alone. */
  interface LearningFromStructure {

    /** Takes the structure. */
    void from(Known known, StructureBytes answer);
  }

  /** The whole number of the ioctl. */
  int number() {
    return TYPE | command;
  }

  /** A command with a structure, that teaches nothing. */
  static CallTemplate of(
      String name,
      int command,
      int weight,
      Predicate<Known> sensible,
      Function<Known, StructureBytes> filled) {
    return new CallTemplate(
        name, command, weight, sensible, filled, k -> Layout.STRUCTURE, (known, answer, r) -> {});
  }

  /** A command that takes a number, and teaches nothing. */
  static CallTemplate ofNumber(
      String name,
      int command,
      int weight,
      Predicate<Known> sensible,
      Function<Known, Long> argument) {
    return new CallTemplate(
        name,
        command,
        weight,
        sensible,
        k -> StructureBytes.plain(4),
        argument,
        (known, answer, r) -> {});
  }

  /** The same, with something to learn. */
  CallTemplate teaching(LearningFromStructure learning) {
    return teachingResult((known, answer, result) -> learning.from(known, answer));
  }

  /** The same, with something to learn from what is returned, too. */
  CallTemplate teachingResult(Learning learning) {
    return new CallTemplate(name, command, weight, sensible, filled, argument, learning);
  }

  /** The same, drawn more or less often. */
  CallTemplate times(int factor) {
    return new CallTemplate(name, command, weight * factor, sensible, filled, argument, learned);
  }
}
