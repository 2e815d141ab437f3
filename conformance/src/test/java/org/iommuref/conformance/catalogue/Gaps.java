package org.iommuref.conformance.catalogue;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.iommuref.spec.clause.Catalogue;
import org.iommuref.spec.clause.Check;
import org.iommuref.spec.clause.Citation;
import org.iommuref.spec.clause.ClauseDefinition;
import org.iommuref.spec.clause.ClauseId;
import org.iommuref.spec.clause.Level;

/** What is missing, one line for each. */
final class Gaps {

  private static final String CASES = "org.iommuref.conformance.cases.";

  private final Evidence evidence;
  private final Catalogue catalogue;

  private Gaps(Evidence evidence) {
    this.evidence = evidence;
    this.catalogue = evidence.catalogue();
  }

  /** All gaps, sorted by kind and then by name. */
  static List<String> of(Evidence evidence) {
    Gaps gaps = new Gaps(evidence);
    return Stream.of(
            gaps.unknownClauses(),
            gaps.clausesWithoutReason(),
            gaps.clausesWithoutCase(),
            gaps.casesThatNothingAsksFor(),
            gaps.casesWithoutCitation(),
            gaps.citationsWithoutCase(),
            gaps.invariantsWithoutClause(),
            gaps.clausesWithoutMutant())
        .flatMap(List::stream)
        .toList();
  }

  /** A clause that nobody states cannot be shown, kept or violated. */
  private List<String> unknownClauses() {
    List<String> gaps = new ArrayList<>();
    for (Citation citation : evidence.citations()) {
      String by = citation.element() + " of " + citation.module();
      unknown(citation.clause(), by).ifPresent(gaps::add);
    }
    evidence.cases().forEach((name, clause) -> unknown(clause, caseOf(name)).ifPresent(gaps::add));
    evidence
        .mutants()
        .forEach(
            (name, clauses) ->
                clauses.forEach(clause -> unknown(clause, "mutant " + name).ifPresent(gaps::add)));
    return gaps;
  }

  private Optional<String> unknown(ClauseId clause, String by) {
    try {
      catalogue.cited(clause.toString());
      return Optional.empty();
    } catch (IllegalArgumentException e) {
      return Optional.of(e.getMessage() + ", named by " + by);
    }
  }

  private List<String> clausesWithoutReason() {
    return clauses(c -> c.check() == Check.MODEL_ONLY || c.check() == Check.UNTESTED)
        .filter(clause -> clause.why().isEmpty())
        .map(clause -> clause.id() + " is " + clause.check().word() + " and does not say why")
        .toList();
  }

  private List<String> clausesWithoutCase() {
    Set<ClauseId> shown = new HashSet<>(evidence.cases().values());
    return testedMust()
        .filter(clause -> !shown.contains(clause.id()))
        .map(clause -> clause.id() + " is tested and has no case")
        .toList();
  }

  private List<String> casesThatNothingAsksFor() {
    List<String> gaps = new ArrayList<>();
    evidence
        .cases()
        .forEach(
            (name, id) ->
                catalogue
                    .find(id)
                    .filter(c -> c.check() == Check.UNTESTED || c.check() == Check.MODEL_ONLY)
                    .ifPresent(c -> gaps.add(caseOf(name) + " shows a clause that is " + word(c))));
    return gaps;
  }

  private static String word(ClauseDefinition clause) {
    return clause.check().word() + ": " + clause.id();
  }

  private List<String> casesWithoutCitation() {
    Set<ClauseId> cited =
        citationsIn(CASES).map(Citation::clause).collect(Collectors.toUnmodifiableSet());
    return evidence.cases().entrySet().stream()
        .filter(one -> !cited.contains(one.getValue()))
        .map(Map.Entry::getKey)
        .map(name -> caseOf(name) + " is cited by no method of " + CASES + "*")
        .toList();
  }

  private List<String> citationsWithoutCase() {
    Set<ClauseId> shown = new HashSet<>(evidence.cases().values());
    return citationsIn(CASES)
        .filter(citation -> !shown.contains(citation.clause()))
        .map(citation -> citation.element() + " cites " + citation.clause() + ", of no case")
        .toList();
  }

  private Stream<Citation> citationsIn(String prefix) {
    return evidence.citations().stream().filter(c -> c.element().startsWith(prefix));
  }

  private List<String> invariantsWithoutClause() {
    Set<String> citing =
        evidence.citations().stream()
            .filter(citation -> citation.kind().equals("operator"))
            .map(Citation::element)
            .collect(Collectors.toSet());
    return evidence.invariants().stream()
        .filter(invariant -> !citing.contains(invariant))
        .map(invariant -> "the invariant " + invariant + " cites no clause")
        .toList();
  }

  private List<String> clausesWithoutMutant() {
    Set<ClauseId> named =
        evidence.mutants().values().stream().flatMap(List::stream).collect(Collectors.toSet());
    return testedMust()
        .filter(clause -> !named.contains(clause.id()))
        .map(clause -> clause.id() + " is tested and no mutant names it")
        .toList();
  }

  private Stream<ClauseDefinition> testedMust() {
    return clauses(c -> c.check() == Check.TESTED && c.level() == Level.MUST);
  }

  private Stream<ClauseDefinition> clauses(Predicate<ClauseDefinition> which) {
    return catalogue.clauses().stream().filter(which);
  }

  private static String caseOf(String name) {
    return "the case '" + name + "'";
  }
}
