package org.iommuref.conformance.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.iommuref.conformance.kill.Kill;
import org.iommuref.conformance.kill.KillMatrix;
import org.iommuref.conformance.kill.MatrixReport;
import org.iommuref.conformance.suite.Selection;
import org.iommuref.conformance.target.Layer;
import org.iommuref.conformance.target.Targets;
import org.iommuref.spec.clause.Catalogue;
import org.iommuref.spec.clause.ClauseId;
import org.iommuref.spec.spi.Mutant;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * Prints which mutant dies by which clause; 1 if one survives or dies by clauses alone that it does
 * not name.
 */
@Command(
    name = "mutants",
    description = "Runs the suite on mutants and prints the kill matrix: mutant x clause.",
    mixinStandardHelpOptions = true)
final class MutantsCommand implements Callable<Integer> {

  @Option(names = "--target", description = "Mutants of this target alone.", paramLabel = "T")
  private String target = "";

  @Option(names = "--full", description = "All clauses for every mutant, not those it names.")
  private boolean full;

  @Option(
      names = "--seed",
      paramLabel = "N",
      description = "The seed of everything that is generated. Default: 1.")
  private long seed = 1;

  @Option(
      names = "--report",
      description = "Writes the matrix into this folder: kill-matrix.json, kill-matrix.html.",
      paramLabel = "DIR")
  private @Nullable Path report;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws IOException {
    Targets targets = Targets.onClassPath();
    List<Mutant> mutants = mutants(targets);
    Catalogue catalogue = Catalogue.load();
    PrintWriter out = spec.commandLine().getOut();
    int width = mutants.stream().mapToInt(m -> m.name().length()).max().orElse(0);
    KillMatrix matrix = new KillMatrix(catalogue, targets, Selection.all(), full);
    List<Kill> kills = matrix.run(mutants, seed, kill -> print(out, kill, width));
    MatrixReport result = new MatrixReport(seed, full, kills);
    out.println(
        result.killed() + " of " + kills.size() + " mutants killed by a clause that they name");
    out.flush();
    write(result, catalogue);
    if (kills.stream().anyMatch(kill -> !kill.harness().isEmpty())) {
      return ExitCode.BROKEN;
    }
    return result.killed() == kills.size() ? ExitCode.CONFORMANT : ExitCode.NOT_CONFORMANT;
  }

  private List<Mutant> mutants(Targets targets) {
    boolean elsewhere =
        Stream.of(Layer.UNIT, Layer.IOMMUFD)
            .anyMatch(layer -> targets.names(layer.seam()).contains(target));
    if (!target.isEmpty() && !elsewhere) {
      targets.named(target);
    }
    List<Mutant> mutants =
        targets.mutants().values().stream()
            .filter(mutant -> target.isEmpty() || mutant.base().equals(target))
            .toList();
    if (mutants.isEmpty()) {
      throw new UserException("there are no mutants of " + target);
    }
    return mutants;
  }

  private void write(MatrixReport result, Catalogue catalogue) throws IOException {
    if (report == null) {
      return;
    }
    try {
      result.write(report, catalogue);
    } catch (IOException e) {
      throw new IOException("the matrix cannot be written: " + InOneLine.of(e));
    }
  }

  private static void print(PrintWriter out, Kill kill, int width) {
    String name = kill.mutant().name();
    String clauses =
        kill.killers().stream()
            .map(clause -> mark(kill.mutant(), clause))
            .collect(Collectors.joining(" "));
    String layer = kill.mutant().layer();
    out.printf("%-8s  %-" + width + "s  %-6s  %s%n", kill.word(), name, layer, clauses);
    if (!kill.byNamedClause()) {
      out.println("          names " + kill.mutant().violates() + ": " + kill.mutant().title());
    }
    kill.harness().forEach(line -> out.println("          broken: " + line));
    out.flush();
  }

  /** A clause that the mutant does not name stands in brackets. */
  private static String mark(Mutant mutant, ClauseId clause) {
    return mutant.violates().contains(clause) ? clause.toString() : "(" + clause + ")";
  }
}
