package org.iommuref.conformance.explain;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.iommuref.conformance.suite.SuiteRunner;
import org.iommuref.conformance.target.Targets;
import org.iommuref.spec.backend.HwInfo;
import org.iommuref.spec.clause.Capability;
import org.iommuref.spec.clause.Catalogue;
import org.iommuref.spec.clause.ClauseDefinition;
import org.iommuref.spec.spi.Mutant;

/** A target: what it claims, and which clauses it thereby leaves out. */
final class TargetPage {

  private TargetPage() {}

  /**
   * A target of some seams, with what it claims at one of them.
   *
   * @param seams at which it is judged, in ascending order
   * @param claimed the seam of the claims
   */
  static String of(
      String name,
      String title,
      List<Integer> seams,
      int claimed,
      HwInfo claims,
      Targets targets,
      Catalogue catalogue) {
    return new Page(name, title)
        .field("judged by", seams.stream().map(seam -> judging(name, seam)).toList())
        .field("kind", claims.architecture())
        .field("pages", pages(claims.pageSizes()))
        .field("addresses", claims.addressBits() + " bits")
        .field("PASIDs", claims.maxPasids() == 0 ? "none" : "1 to " + (claims.maxPasids() - 1))
        .field("unit", names(claims.unit()))
        .field("stimulus", names(claims.stimulus()))
        .list("clauses of seam " + claimed, clauses(claimed, claims, catalogue))
        .list("mutants", mutants(name, targets))
        .toString();
  }

  private static String judging(String name, int seam) {
    String at = seam == SuiteRunner.SEAM ? "" : "--seam " + seam + " ";
    return "./iommuref conform " + at + "--target " + name;
  }

  private static String pages(long sizes) {
    List<String> words = new ArrayList<>();
    for (long rest = sizes; rest != 0; rest &= rest - 1) {
      words.add(bytes(Long.lowestOneBit(rest)));
    }
    return String.join(", ", words);
  }

  private static String bytes(long size) {
    if (size >= 1L << 30) {
      return (size >>> 30) + " GiB";
    }
    return size >= 1L << 20 ? (size >>> 20) + " MiB" : (size >>> 10) + " KiB";
  }

  private static String names(Collection<Capability> capabilities) {
    return capabilities.isEmpty()
        ? "nothing"
        : capabilities.stream().map(Capability::toString).collect(Collectors.joining(", "));
  }

  private static List<String> clauses(int seam, HwInfo claims, Catalogue catalogue) {
    Map<String, Long> lacking = new TreeMap<>();
    long claimed = 0;
    for (ClauseDefinition clause : catalogue.clauses()) {
      if (!clause.seams().contains(seam)) {
        continue;
      }
      List<Capability> missing = clause.needs().stream().filter(need -> !claims.has(need)).toList();
      if (missing.isEmpty()) {
        claimed++;
      } else {
        lacking.merge(names(missing), 1L, Long::sum);
      }
    }
    List<String> rows = new ArrayList<>(List.of(claimed + " apply"));
    lacking.forEach((names, count) -> rows.add(count + " do not, for want of " + names));
    return rows;
  }

  private static List<String> mutants(String base, Targets targets) {
    Map<String, Long> byLayer =
        targets.mutants().values().stream()
            .filter(mutant -> mutant.base().equals(base))
            .collect(Collectors.groupingBy(Mutant::layer, TreeMap::new, Collectors.counting()));
    return byLayer.entrySet().stream()
        .map(layer -> layer.getValue() + " of the " + layer.getKey())
        .toList();
  }
}
