package org.iommuref.conformance.report;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.zip.CRC32;

/**
 * A case that was run to its end, and each of its checks that did not come out as it has to.
 *
 * @param name of the case
 * @param checks those that failed, in the order of the case
 */
public record FailingCase(String name, List<Check> checks) {

  /** Copies the list. */
  public FailingCase {
    checks = List.copyOf(checks);
  }

  /**
   * A check that failed.
   *
   * @param step the number of the step, from 1
   * @param call what was asked, in words
   * @param expected what was allowed
   * @param seen what was seen instead; of a lost reply the kind of the loss alone
   */
  public record Check(int step, String call, String expected, String seen) {}

  /**
   * How many checks failed, and a number of eight hexadecimal digits for what was expected and seen
   * in them. Steps that are put in between do not change it.
   */
  public String extent() {
    CRC32 sum = new CRC32();
    for (Check check : checks) {
      String line = check.expected() + " : " + check.seen() + "\n";
      sum.update(line.getBytes(StandardCharsets.UTF_8));
    }
    return "%d %s, %08x".formatted(checks.size(), noun(), sum.getValue());
  }

  private String noun() {
    return checks.size() == 1 ? "check" : "checks";
  }
}
