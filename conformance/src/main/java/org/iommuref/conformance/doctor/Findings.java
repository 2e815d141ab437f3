package org.iommuref.conformance.doctor;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.iommuref.conformance.doctor.Finding.Weight;

/** Collects what is noticed; the same sentence twice is one finding. */
final class Findings {

  private final Set<Finding> all = new LinkedHashSet<>();
  private int problems;

  void fine(String sentence) {
    all.add(new Finding(Weight.FINE, sentence));
  }

  void note(String sentence) {
    all.add(new Finding(Weight.NOTE, sentence));
  }

  void problem(String sentence) {
    if (all.add(new Finding(Weight.PROBLEM, sentence))) {
      problems++;
    }
  }

  /** How many problems there are so far. */
  int problems() {
    return problems;
  }

  List<Finding> all() {
    return List.copyOf(all);
  }
}
