package org.iommuref.conformance.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Prints what there is of one kind, a line each or as one JSON array. */
@Command(
    name = "list",
    description =
        "Lists what there is: targets, clauses, models, mutants, their matrix, scenarios, races or"
            + " counterparts.",
    mixinStandardHelpOptions = true)
final class ListCommand implements Callable<Integer> {

  private static final JsonMapper JSON =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

  @Parameters(
      paramLabel = "KIND",
      description =
          "targets, clauses, models, mutants, matrix: what a unit can get wrong, and the mutant"
              + " that does, scenarios, races: what goes wrong in concurrent calls and what shows"
              + " it, or counterparts: what Linux's self-test of iommufd shows, and our cases of"
              + " it.")
  private String kind = "";

  @Option(names = "--json", description = "As an array of objects.")
  private boolean json;

  @Option(
      names = "--markdown",
      description = "The matrix, races or counterparts as the page that has them all.")
  private boolean markdown;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws JsonProcessingException {
    Listing listing =
        Listing.named(kind)
            .orElseThrow(
                () ->
                    new UserException(
                        "no list of '"
                            + kind
                            + "'; there is "
                            + String.join(", ", Listing.kinds())));
    if (markdown && (json || listing.page().isEmpty())) {
      throw new UserException(
          "--markdown is for " + String.join(", ", Listing.pages()) + ", and not with --json");
    }
    PrintWriter out = spec.commandLine().getOut();
    if (markdown) {
      out.print(listing.page().orElseThrow().get());
      out.flush();
      return ExitCode.CONFORMANT;
    }
    ArrayNode entries = listing.content().get();
    if (json) {
      out.println(JSON.writeValueAsString(entries));
    } else {
      List<List<String>> rows = listing.rows(entries);
      Columns.of(rows).forEach(out::println);
    }
    out.flush();
    return ExitCode.CONFORMANT;
  }
}
