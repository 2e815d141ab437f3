package org.iommuref.tla;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.iommuref.spec.clause.Citation;
import org.iommuref.spec.clause.ClauseId;
import org.iommuref.tla.tlc.TlaException;

/**
 * Citations of clauses in TLA+: lines {@code \* @clause INV-001} directly above the operator that
 * they belong to, one clause a line.
 */
public final class TlaCitations {

  private static final String MODULE = "tla";
  private static final String KIND = "operator";
  private static final Pattern CITATION = Pattern.compile("\\s*\\\\\\*\\s*@clause\\b(.*)");
  private static final Pattern OPERATOR = Pattern.compile("(\\w+)(\\([^)]*\\))?\\s*==.*");

  private TlaCitations() {}

  /**
   * The citations of one module, in its order; the element is {@code Module!Operator}.
   *
   * @param module the module's name, without {@code .tla}
   * @throws TlaException if an id is malformed or no operator follows; the message names file and
   *     line
   */
  public static List<Citation> in(String module, String text) {
    List<Citation> citations = new ArrayList<>();
    List<ClauseId> open = new ArrayList<>();
    List<String> lines = text.lines().toList();
    for (int i = 0; i < lines.size(); i++) {
      Matcher citation = CITATION.matcher(lines.get(i));
      if (citation.matches()) {
        open.add(clause(module, i, citation.group(1).strip()));
      } else if (!open.isEmpty()) {
        String element = module + "!" + operator(module, i, lines.get(i));
        open.forEach(clause -> citations.add(new Citation(clause, MODULE, KIND, element)));
        open.clear();
      }
    }
    if (!open.isEmpty()) {
      throw new TlaException(
          at(module, lines.size() - 1) + "a citation wants an operator below it");
    }
    return List.copyOf(citations);
  }

  private static ClauseId clause(String module, int line, String id) {
    try {
      return ClauseId.parse(id);
    } catch (IllegalArgumentException e) {
      throw new TlaException(at(module, line) + e.getMessage(), e);
    }
  }

  private static String operator(String module, int line, String text) {
    Matcher operator = OPERATOR.matcher(text);
    if (!operator.matches()) {
      throw new TlaException(at(module, line) + "a citation wants an operator below it");
    }
    return operator.group(1);
  }

  private static String at(String module, int line) {
    return module + ".tla:" + (line + 1) + ": ";
  }
}
