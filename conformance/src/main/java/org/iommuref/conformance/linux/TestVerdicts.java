package org.iommuref.conformance.linux;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What one program of the self-test has said: a verdict for each case.
 *
 * @param cases by the name of the case, as {@code iommufd_ioas.no_domain.area}, in order
 * @param totals the program's own line of totals, or empty if it did not get that far
 */
public record TestVerdicts(Map<String, Verdict> cases, String totals) {

  private static final Pattern RESULT =
      Pattern.compile("(not )?ok \\d+ (\\S+)(?: # (SKIP) ?(.*))?.*");
  private static final Pattern COMPLAINT = Pattern.compile("# (?:\\S*/)?(\\w+\\.[ch]:\\d+:.*)");
  private static final String TOTALS = "# Totals: ";

  /**
   * How a case ended.
   *
   * @param word pass, skip or fail
   * @param reason why it was skipped, or what it complained of first; empty for none
   */
  public record Verdict(String word, String reason) {}

  /** Reads the output of one or more programs, each ending with its totals. */
  public static List<TestVerdicts> read(List<String> lines) {
    List<TestVerdicts> all = new ArrayList<>();
    Map<String, Verdict> cases = new LinkedHashMap<>();
    String complaint = "";
    for (String line : lines) {
      Matcher result = RESULT.matcher(line);
      Matcher complained = COMPLAINT.matcher(line);
      if (result.matches()) {
        cases.put(result.group(2), verdict(result, complaint));
        complaint = "";
      } else if (complained.matches() && complaint.isEmpty()) {
        complaint = complained.group(1);
      } else if (line.startsWith(TOTALS)) {
        all.add(new TestVerdicts(cases, line.substring(TOTALS.length())));
        cases = new LinkedHashMap<>();
      }
    }
    if (!cases.isEmpty()) {
      all.add(new TestVerdicts(cases, ""));
    }
    return all;
  }

  /** How many cases ended so. */
  public long count(String word) {
    return cases.values().stream().filter(verdict -> verdict.word().equals(word)).count();
  }

  private static Verdict verdict(Matcher result, String complaint) {
    if (result.group(1) != null) {
      return new Verdict("fail", complaint);
    }
    return result.group(3) == null ? new Verdict("pass", "") : new Verdict("skip", result.group(4));
  }
}
