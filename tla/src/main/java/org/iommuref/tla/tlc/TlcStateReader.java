package org.iommuref.tla.tlc;

import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads a state: a line with its number and action, then a conjunct for each variable. */
final class TlcStateReader {

  private static final Pattern ACTION = Pattern.compile("\\d+: <(\\w+) line .*");
  private static final Pattern CONJUNCT = Pattern.compile("(?m)^(?:/\\\\ )?(\\w+) = ");

  private TlcStateReader() {}

  static TlcState read(String text) {
    int endOfHead = text.indexOf('\n');
    String head = endOfHead < 0 ? text : text.substring(0, endOfHead);
    String body = endOfHead < 0 ? "" : text.substring(endOfHead + 1);
    Matcher action = ACTION.matcher(head);
    return new TlcState(action.matches() ? action.group(1) : "", variables(body));
  }

  private static SortedMap<String, TlaValue> variables(String body) {
    SortedMap<String, TlaValue> variables = new TreeMap<>();
    Matcher conjunct = CONJUNCT.matcher(body);
    boolean more = conjunct.find();
    while (more) {
      String name = conjunct.group(1);
      int start = conjunct.end();
      more = conjunct.find();
      int end = more ? conjunct.start() : body.length();
      variables.put(name, TlaValue.parse(body.substring(start, end)));
    }
    return variables;
  }
}
