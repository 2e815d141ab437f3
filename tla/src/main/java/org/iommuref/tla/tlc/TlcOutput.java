package org.iommuref.tla.tlc;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads what TLC prints with {@code -tool}: messages between marks that carry a code, and between
 * messages what the model and the JVM print.
 */
final class TlcOutput {

  private static final Pattern START = Pattern.compile("@!@!@STARTMSG (\\d+):(\\d+) @!@!@");
  private static final Pattern END = Pattern.compile("@!@!@ENDMSG \\d+ @!@!@");

  private static final int VIOLATED = 2110;
  private static final int VIOLATED_AT_START = 2107;
  private static final int STEP_PROPERTY_VIOLATED = 2112;
  private static final int DEADLOCK = 2114;
  private static final int TEMPORAL_VIOLATED = 2116;
  private static final int BEHAVIOUR_FOLLOWS = 2121;
  private static final int STATISTICS = 2199;
  private static final int DEPTH = 2194;
  private static final int COVERAGE_FOLLOWS = 2201;
  private static final int STATE = 2217;
  private static final int COVERAGE_OF_ACTION = 2772;

  private static final int ERROR = 1;
  private static final int BUG = 2;

  private static final Pattern NAME =
      Pattern.compile("(?:Invariant|[Pp]roperty|Evaluating invariant) (\\w+) ");
  private static final Pattern DISTINCT = Pattern.compile("(\\d+) distinct states found");
  private static final Pattern NUMBER = Pattern.compile("(\\d+)");
  private static final Pattern ACTION = Pattern.compile("<(\\w+) line .*>: (\\d+):(\\d+)");
  private static final Pattern NOISE = Pattern.compile("(Parsing file|Semantic processing of) .*");

  private Optional<String> violated = Optional.empty();
  private OptionalLong distinctStates = OptionalLong.empty();
  private OptionalInt depth = OptionalInt.empty();
  private final SortedMap<String, Long> actions = new TreeMap<>();
  private final List<TlcState> states = new ArrayList<>();
  private final List<String> printed = new ArrayList<>();
  private final List<String> problems = new ArrayList<>();

  private int code = -1;
  private int severity;
  private final StringBuilder message = new StringBuilder();

  /** Takes the next line. */
  void line(String line) {
    Matcher start = START.matcher(line);
    if (start.matches()) {
      code = Integer.parseInt(start.group(1));
      severity = Integer.parseInt(start.group(2));
      message.setLength(0);
    } else if (END.matcher(line).matches()) {
      message(message.toString().strip());
      code = -1;
    } else if (code >= 0) {
      message.append(line).append('\n');
    } else if (!line.isBlank() && !NOISE.matcher(line).matches()) {
      printed.add(line);
    }
  }

  TlcResult result(TlcOutcome outcome) {
    return new TlcResult(
        outcome, violated, distinctStates, depth, actions, states, printed, problems);
  }

  private void message(String text) {
    switch (code) {
      case VIOLATED, STEP_PROPERTY_VIOLATED -> violated = firstGroup(NAME, text);
      case VIOLATED_AT_START -> {
        violated = firstGroup(NAME, text);
        String state = text.substring(text.indexOf('\n') + 1);
        states.add(TlcStateReader.read("1: <Initial predicate>\n" + state));
      }
      case STATE -> states.add(TlcStateReader.read(text));
      case STATISTICS -> firstGroup(DISTINCT, text.replace(",", "")).ifPresent(this::distinct);
      case DEPTH -> firstGroup(NUMBER, text).ifPresent(n -> depth = OptionalInt.of(parse(n)));
      case COVERAGE_FOLLOWS -> actions.clear(); // counts are printed anew, not added to
      case COVERAGE_OF_ACTION -> coverage(text);
      case DEADLOCK, TEMPORAL_VIOLATED, BEHAVIOUR_FOLLOWS -> {}
      default -> problem(text);
    }
  }

  private void distinct(String number) {
    distinctStates = OptionalLong.of(Long.parseLong(number));
  }

  private void coverage(String text) {
    Matcher matcher = ACTION.matcher(text);
    if (matcher.find()) {
      actions.merge(matcher.group(1), Long.parseLong(matcher.group(3)), Long::sum);
    }
  }

  private void problem(String text) {
    if (severity == ERROR || severity == BUG) {
      problems.add(text.lines().map(String::strip).reduce((a, b) -> a + " " + b).orElse(""));
    }
  }

  private static int parse(String number) {
    return Integer.parseInt(number);
  }

  private static Optional<String> firstGroup(Pattern pattern, String text) {
    Matcher matcher = pattern.matcher(text);
    return matcher.find() ? Optional.of(matcher.group(1)) : Optional.empty();
  }
}
