package org.iommuref.model.schedule;

import java.util.List;

/** Choices made before the run. */
final class ForcedChoices implements Choices {

  private final List<Integer> choices;
  private int next;

  ForcedChoices(List<Integer> choices) {
    this.choices = List.copyOf(choices);
  }

  @Override
  public int choose(String label, int n) {
    if (next == choices.size()) {
      return 0;
    }
    int choice = choices.get(next);
    if (choice < 0 || choice >= n) {
      throw new IllegalArgumentException(
          "choice " + next + " (" + label + ") is " + choice + ", but there are only " + n);
    }
    next++;
    return choice;
  }
}
