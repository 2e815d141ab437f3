package org.iommuref.conformance.report;

import java.util.ArrayList;
import java.util.List;
import org.iommuref.spec.operation.Operation;

/** The steps of a failure as lines of text: number, what is done, its arguments, the answer. */
final class StepTable {

  private final Failure failure;

  StepTable(Failure failure) {
    this.failure = failure;
  }

  /** One line for each step; the last says what was allowed instead. */
  List<String> lines() {
    List<String> names = new ArrayList<>();
    List<String> arguments = new ArrayList<>();
    for (Operation<?> step : failure.steps()) {
      List<String> parts = Words.partsOf(step);
      names.add(parts.get(0));
      arguments.add(String.join("  ", parts.subList(1, parts.size())));
    }
    int numberWidth = String.valueOf(names.size()).length();
    int nameWidth = widest(names);
    int argumentWidth = widest(arguments);
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < names.size(); i++) {
      String line =
          String.format(
              "%" + numberWidth + "d  %-" + nameWidth + "s  %-" + argumentWidth + "s  %s",
              i + 1,
              names.get(i),
              arguments.get(i),
              failure.answers().get(i));
      boolean last = i == names.size() - 1;
      lines.add(last ? line + "   <- allowed: " + failure.expected() : line);
    }
    return lines;
  }

  private static int widest(List<String> texts) {
    return Math.max(1, texts.stream().mapToInt(String::length).max().orElse(1));
  }
}
