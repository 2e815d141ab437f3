package org.iommuref.conformance.fuzz;

import java.util.List;
import java.util.regex.Pattern;
import org.iommuref.spec.iommufd.Node;
import org.jspecify.annotations.Nullable;

/**
 * A program that broke a rule.
 *
 * @param setting on what it ran
 * @param node at which its first context is opened
 * @param acts what it did
 * @param lastFirst the order in which it closes its descriptors at the end
 * @param wrong the rule, and how it was broken
 */
record Finding(Setting setting, Node node, List<Act> acts, boolean lastFirst, String wrong) {

  private static final Pattern NUMBERS = Pattern.compile("(0x[0-9a-f]+|\\d+)");

  Finding {
    acts = List.copyOf(acts);
  }

  /** What is wrong, without the numbers that differ from program to program. */
  String kind() {
    return NUMBERS.matcher(wrong).replaceAll("N");
  }

  /** What the same program with other acts breaks, with the acts up to there; or null. */
  @Nullable Finding replayed(List<Act> others) {
    Trial trial = new Trial(setting, node);
    for (int index = 0; index < others.size(); index++) {
      String broken = trial.perform(others.get(index)).wrong();
      if (broken != null) {
        return new Finding(setting, node, others.subList(0, index + 1), lastFirst, broken);
      }
    }
    String broken = trial.finish(lastFirst);
    return broken == null ? null : new Finding(setting, node, others, lastFirst, broken);
  }
}
