package org.iommuref.spec.spi;

import java.util.List;

/**
 * One thing that an implementation can get wrong, as a cell of the matrix of its mutants.
 *
 * @param group the table of the matrix that it is in
 * @param subject the entry, register, invalidation or fault reason
 * @param part which of its fields, scopes or tags, and how it is taken wrongly
 * @param mutants the names of those that are wrong there; empty if there is a reason
 * @param reason why there is no mutant; empty if there is one
 */
public record MutantCell(
    String group, String subject, String part, List<String> mutants, String reason) {

  /** Requires either mutants or a reason. */
  public MutantCell {
    mutants = List.copyOf(mutants);
    if (mutants.isEmpty() == reason.isEmpty()) {
      throw new IllegalArgumentException(
          subject + ", " + part + " wants a mutant, or a reason for having none");
    }
  }

  /** One that a mutant is wrong in. */
  public static MutantCell of(String group, String subject, String part, String mutant) {
    return new MutantCell(group, subject, part, List.of(mutant), "");
  }

  /** One that no mutant can be seen to be wrong in. */
  public static MutantCell without(String group, String subject, String part, String reason) {
    return new MutantCell(group, subject, part, List.of(), reason);
  }
}
