package org.iommuref.model.mutant;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
import org.iommuref.model.check.Checks;
import org.iommuref.model.ideal.IdealProvider;
import org.iommuref.model.iommufd.LinuxChecks;
import org.iommuref.model.iommufd.ModelProvider;
import org.iommuref.model.iommufd.kernel.CheckList;
import org.iommuref.model.iommufd.kernel.CheckLists;
import org.iommuref.spec.clause.Catalogue;
import org.iommuref.spec.clause.Check;
import org.iommuref.spec.clause.ClauseId;
import org.iommuref.spec.spi.Mutant;
import org.iommuref.spec.spi.MutantProvider;

/** The lists of checks of iommufd, wrong in one place each. */
public final class IommufdCheckMutants implements MutantProvider {

  private static final Catalogue CATALOGUE = Catalogue.load();

  /** Clauses that show fully only where devices share groups, or a driver lacks nested tables. */
  private static final Set<ClauseId> OVER_IDEAL =
      Set.of(
          ClauseId.parse("GINV-006"),
          ClauseId.parse("HWPT-018"),
          ClauseId.parse("HWPT-020"),
          ClauseId.parse("DEV-024"));

  /** Those of clauses that have cases. */
  @Override
  public List<Mutant> mutants() {
    return all()
        .filter(IommufdCheckMutants::isSeen)
        .filter(mutant -> mutant.violates().stream().anyMatch(id -> isTested(id)))
        .toList();
  }

  private static boolean isTested(ClauseId clause) {
    return CATALOGUE.cited(clause.toString()).check() == Check.TESTED;
  }

  /** The mutants of all lists, those that nobody can see among them. */
  static Stream<Mutant> all() {
    return LinuxChecks.all().stream().flatMap(IommufdCheckMutants::of);
  }

  private static boolean isSeen(Mutant mutant) {
    return UnseenCheckMutants.ALL.stream()
        .noneMatch(unseen -> mutant.name().matches("iommufd-(" + unseen.names() + ")"));
  }

  private static <R> Stream<Mutant> of(CheckList<R> list) {
    Checks<R> linux = list.linux();
    return CheckMutation.of(linux).stream().map(mutation -> mutant(list, mutation));
  }

  private static <R> Mutant mutant(CheckList<R> list, CheckMutation<R> mutation) {
    String name = "iommufd-" + plain(list.name()) + "-" + mutation.what();
    List<ClauseId> violates = new ArrayList<>(mutation.violates());
    if (mutation.isOfOrder()) {
      violates.addAll(list.order());
    }
    ModelProvider base = base(violates);
    return new Mutant.OfIommufd(
        name,
        list.name() + " " + mutation.title(),
        violates,
        base.name(),
        base.with(CheckLists.LINUX.with(list, mutation.checks())));
  }

  /** The mock driver, or {@code ideal} for what that one alone shows. */
  private static ModelProvider base(List<ClauseId> violates) {
    ModelProvider mock = ModelProvider.mock();
    ModelProvider ideal = ModelProvider.over(new IdealProvider());
    boolean atIdeal =
        violates.stream().anyMatch(OVER_IDEAL::contains)
            || (!claims(mock, violates) && claims(ideal, violates));
    return atIdeal ? ideal : mock;
  }

  private static boolean claims(ModelProvider target, List<ClauseId> clauses) {
    return clauses.stream()
        .flatMap(id -> CATALOGUE.cited(id.toString()).needs().stream())
        .allMatch(target.hwInfo()::has);
  }

  /** {@code IOMMU_IOAS_MAP} as {@code ioas-map}. */
  private static String plain(String list) {
    return list.toLowerCase(Locale.ROOT)
        .replaceAll("^iommu(fd)?_", "")
        .replaceAll("[^a-z0-9]+", "-");
  }
}
