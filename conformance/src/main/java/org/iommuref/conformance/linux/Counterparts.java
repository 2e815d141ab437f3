package org.iommuref.conformance.linux;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.iommuref.conformance.cases.iommufd.ProgramCases;
import org.iommuref.conformance.suite.Case;
import org.iommuref.spec.clause.Catalogue;
import org.iommuref.spec.clause.ClauseDefinition;
import org.iommuref.spec.clause.ClauseId;

/**
 * What the cases of Linux's self-test of iommufd have as counterparts in the suite.
 *
 * <p>{@code conformance/linux/selftest-cases.yaml} gives each of them clauses; the clauses lead to
 * the cases of the suite at seam 3. Immutable.
 */
public final class Counterparts {

  private static final String RESOURCE = "/org/iommuref/conformance/linux/selftest-cases.yaml";
  private static final String HEAD =
      """
      # Counterparts of Linux's self-test of iommufd

      Each case of the self-test, what it shows, and the clauses that say so with our cases of them. Clauses that no
      case of ours decides say why. Generated from `selftest-cases.yaml` and the suite by
      `./iommuref list counterparts --markdown`.

      A clause has one or a few short cases where a case of the self-test makes many calls, so a counterpart shows the
      same rule and does not make the same calls. The fixture `basic_fail_nth` repeats its cases while each allocation
      in turn fails: the cases named there show the same rules where something else fails. `./iommuref selftest` runs
      the self-test itself on the model, with that fixture.
      """;

  private final List<SelftestCase> selftest;
  private final Map<ClauseId, List<String>> names;

  private Counterparts(List<SelftestCase> selftest, Map<ClauseId, List<String>> names) {
    this.selftest = List.copyOf(selftest);
    this.names = Map.copyOf(names);
  }

  /**
   * Reads the cases that this module carries as a resource.
   *
   * @throws IllegalArgumentException if one names a clause that is not in force
   */
  public static Counterparts load(Catalogue catalogue) {
    List<SelftestCase> selftest = new ArrayList<>();
    try (InputStream in = Counterparts.class.getResourceAsStream(RESOURCE)) {
      if (in == null) {
        throw new IllegalStateException(RESOURCE + " is absent");
      }
      new YAMLMapper().readTree(in).forEach(entry -> selftest.add(selftestCase(catalogue, entry)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Map<ClauseId, List<String>> names =
        ProgramCases.all().stream()
            .collect(
                Collectors.groupingBy(
                    Case::clause, Collectors.mapping(Case::name, Collectors.toList())));
    return new Counterparts(selftest, names);
  }

  private static SelftestCase selftestCase(Catalogue catalogue, JsonNode entry) {
    List<ClauseDefinition> clauses = new ArrayList<>();
    entry.required("clauses").forEach(id -> clauses.add(catalogue.cited(id.asText())));
    return new SelftestCase(
        entry.required("fixture").asText(),
        entry.required("case").asText(),
        entry.required("shows").asText(),
        clauses);
  }

  /** The cases of the self-test, fixture by fixture. */
  public List<SelftestCase> selftest() {
    return selftest;
  }

  /** The names of the suite's cases of a clause at seam 3, in the order in which they are run. */
  public List<String> casesOf(ClauseDefinition clause) {
    return names.getOrDefault(clause.id(), List.of());
  }

  /** All of it as Markdown; lines end with {@code \n}. */
  public String page() {
    StringBuilder page = new StringBuilder(HEAD);
    String fixture = "";
    for (SelftestCase one : selftest) {
      if (!one.fixture().equals(fixture)) {
        fixture = one.fixture();
        page.append("\n## `").append(fixture).append("`\n");
      }
      page.append("\n### `").append(one.fullName()).append("`\n\n");
      page.append(one.shows()).append("\n\n");
      one.clauses().forEach(clause -> page.append(line(clause)));
    }
    return page.toString();
  }

  private String line(ClauseDefinition clause) {
    List<String> cases = casesOf(clause);
    String known =
        cases.isEmpty()
            ? "*" + reason(clause) + "*"
            : cases.stream().map(name -> "`" + name + "`").collect(Collectors.joining(", "));
    return "- " + clause.id() + ", " + clause.title() + ": " + known + "\n";
  }

  /** Why the suite has no case of a clause at seam 3. */
  private static String reason(ClauseDefinition clause) {
    return switch (clause.check()) {
      case MODEL_ONLY -> "model-only: no call shows it, a model decides it";
      case UNTESTED -> "untested: " + clause.why().orElseThrow();
      case TESTED, STOCHASTIC ->
          throw new IllegalStateException("no case of " + clause.id() + " at seam 3");
    };
  }
}
