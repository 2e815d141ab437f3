package org.iommuref.hw.vtd.mutant;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.iommuref.hw.radix.TableStep;
import org.iommuref.hw.testing.DirectSteps;
import org.iommuref.hw.vtd.driver.DriverStep;
import org.iommuref.spec.clause.Catalogue;
import org.iommuref.spec.memory.PagePool;
import org.iommuref.spec.memory.SystemMemory;
import org.iommuref.spec.spi.BackendProvider;
import org.iommuref.spec.spi.CachePolicy;
import org.iommuref.spec.spi.Environment;
import org.iommuref.spec.spi.Mutant;
import org.iommuref.spec.spi.MutantProvider;
import org.iommuref.spec.step.Footprint;
import org.iommuref.spec.step.Step;
import org.iommuref.spec.step.StepMutation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each mutant is known by a name of its own and differs from its original for all to see. */
class VtdMutantsTest {

  private static final List<String> BASES =
      List.of(
          "vtd",
          "vtd-caching-mode",
          "vtd-scalable",
          "vtd-scalable-caching-mode",
          "vtd-scalable-second-stage");

  private static final Map<String, List<List<String>>> ORIGINALS = new HashMap<>();

  /** Those that show at seam 2; what shows at seam 1 alone the tests of units are for. */
  static List<Mutant> mutants() {
    return new VtdMutants()
        .mutants().stream().filter(mutant -> !(mutant instanceof Mutant.OfUnit)).toList();
  }

  /** Those that only an interleaving gives away too. */
  private static List<Mutant> known() {
    return Stream.concat(mutants().stream(), new VtdMutants().raceMutants().stream()).toList();
  }

  @ParameterizedTest
  @MethodSource("mutants")
  void mutant_showsSomethingElseThanItsOriginal(Mutant mutant) {
    List<List<String>> original =
        ORIGINALS.computeIfAbsent(mutant.base(), base -> play(target(base), StepMutation.NONE));

    List<List<String>> mutated =
        mutant instanceof Mutant.OfBackend wrong
            ? play(wrong.backend(), StepMutation.NONE)
            : play(target(mutant.base()), ((Mutant.OfSteps) mutant).mutation());

    assertThat(mutated).isNotEqualTo(original);
  }

  @Test
  void originals_crashNowhere() {
    for (String base : BASES) {
      List<List<String>> seen = play(target(base), StepMutation.NONE);

      assertThat(seen.stream().flatMap(List::stream)).noneMatch(line -> line.contains("threw"));
    }
  }

  @Test
  void names_areUniqueAndSpelledAlike() {
    List<String> names = known().stream().map(Mutant::name).toList();

    assertThat(names).doesNotHaveDuplicates();
    assertThat(names).allMatch(name -> name.matches("[a-z]+(-[a-z0-9]+)+"));
    assertThat(known()).allMatch(mutant -> mutant.title().matches("[^\n.]+"));
  }

  @Test
  void clauses_areInTheCatalogue() {
    Catalogue catalogue = Catalogue.load();

    for (Mutant mutant : known()) {
      assertThat(mutant.violates()).as(mutant.name()).isNotEmpty();
      mutant.violates().forEach(clause -> catalogue.cited(clause.toString()));
    }
  }

  @Test
  void everyStep_isMutatedOrSaysWhyNot() {
    Set<Class<?>> mutated =
        VtdMutants.stepMutants().map(StepMutant::step).collect(Collectors.toSet());
    Set<Class<?>> untouched = new HashSet<>(TableStepMutants.UNTOUCHED.keySet());
    untouched.addAll(DriverStepMutants.UNTOUCHED.keySet());

    assertThat(mutated).doesNotContainAnyElementsOf(untouched);
    assertThat(Stream.concat(mutated.stream(), untouched.stream()))
        .containsExactlyInAnyOrderElementsOf(
            Stream.concat(declared(TableStep.class), declared(DriverStep.class)).toList());
  }

  @Test
  void providers_areFoundByTheServiceLoader() {
    assertThat(ServiceLoader.load(MutantProvider.class))
        .anyMatch(provider -> provider instanceof VtdMutants);
    assertThat(targets().map(BackendProvider::name)).containsAll(BASES);
  }

  /** The records of a sealed hierarchy. */
  private static Stream<Class<?>> declared(Class<? extends Step> type) {
    return Arrays.stream(type.getPermittedSubclasses())
        .flatMap(each -> each.isRecord() ? Stream.of(each) : declared(each.asSubclass(Step.class)));
  }

  private static Stream<BackendProvider> targets() {
    return ServiceLoader.load(BackendProvider.class).stream().map(ServiceLoader.Provider::get);
  }

  private static BackendProvider target(String name) {
    return targets().filter(provider -> provider.name().equals(name)).findFirst().orElseThrow();
  }

  private static List<List<String>> play(BackendProvider provider, StepMutation mutation) {
    return Scene.all().stream().map(scene -> play(scene, provider, mutation)).toList();
  }

  private static List<String> play(Scene scene, BackendProvider provider, StepMutation mutation) {
    var memory = SystemMemory.ofSize(1L << 46);
    var environment =
        new Environment(
            scene.topology(),
            memory,
            new PagePool(memory, 1L << 24, 1000),
            DirectSteps.mutated(mutation),
            Footprint.NONE,
            CachePolicy.ADVERSARIAL);
    var observer = new Observer(provider.open(environment), scene.topology());
    scene.script().accept(observer.tagged(600).paging(1));
    return observer.seen();
  }
}
