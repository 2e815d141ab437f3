package org.iommuref.conformance.target;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.iommuref.model.iommufd.ModelProvider;
import org.iommuref.spec.spi.BackendProvider;
import org.iommuref.spec.spi.CoreProvider;
import org.iommuref.spec.spi.IommufdProvider;
import org.iommuref.spec.spi.Mutant;
import org.iommuref.spec.spi.MutantProvider;
import org.iommuref.spec.spi.SteppedIommufdProvider;
import org.iommuref.spec.spi.UnitLibrary;
import org.iommuref.spec.spi.UnitProvider;
import org.iommuref.spec.step.StepMutation;

/** The targets of this process, by name: backends and mutants that a ServiceLoader finds. */
public final class Targets {

  private static final String MUTANT = "mutant:";

  /** What can be asked for besides the targets of the class path. */
  private static final String ELSE = ", mutant:<name> and more; see ./iommuref list targets";

  private final CoreProvider core;
  private final Map<String, BackendProvider> backends;
  private final Map<String, IommufdProvider> kernels;
  private final Map<String, SteppedIommufdProvider> stepped;
  private final Map<String, UnitProvider> units;
  private final Map<String, Mutant> mutants;
  private final Map<String, Mutant> raceMutants;

  private Targets(
      CoreProvider core,
      Map<String, BackendProvider> backends,
      Map<String, IommufdProvider> kernels,
      Map<String, SteppedIommufdProvider> stepped,
      Map<String, UnitProvider> units,
      Map<String, Mutant> mutants,
      Map<String, Mutant> raceMutants) {
    this.core = core;
    this.backends = backends;
    this.kernels = kernels;
    this.stepped = stepped;
    this.units = units;
    this.mutants = mutants;
    this.raceMutants = raceMutants;
  }

  /** All that the class path brings. */
  public static Targets onClassPath() {
    Map<String, BackendProvider> backends = new TreeMap<>();
    ServiceLoader.load(BackendProvider.class).forEach(b -> backends.put(b.name(), b));
    Map<String, IommufdProvider> kernels = new TreeMap<>();
    ModelProvider.onClassPath().forEach(k -> kernels.put(k.name(), k));
    ServiceLoader.load(IommufdProvider.class).forEach(k -> kernels.put(k.name(), k));
    Map<String, SteppedIommufdProvider> stepped = new TreeMap<>();
    ServiceLoader.load(SteppedIommufdProvider.class).forEach(s -> stepped.put(s.name(), s));
    Map<String, UnitProvider> units = new TreeMap<>();
    for (UnitLibrary library : ServiceLoader.load(UnitLibrary.class)) {
      library.units().forEach(unit -> units.put(unit.name(), unit));
    }
    Map<String, Mutant> mutants = new TreeMap<>();
    Map<String, Mutant> raceMutants = new TreeMap<>();
    for (MutantProvider provider : ServiceLoader.load(MutantProvider.class)) {
      addAll(provider.mutants(), mutants);
      addAll(provider.raceMutants(), raceMutants);
    }
    if (!Collections.disjoint(mutants.keySet(), raceMutants.keySet())) {
      throw new IllegalStateException("a mutant is for the suite and for scenarios");
    }
    CoreProvider core =
        ServiceLoader.load(CoreProvider.class)
            .findFirst()
            .orElseThrow(() -> new IllegalStateException("no IOMMU core on the class path"));
    return new Targets(core, backends, kernels, stepped, units, mutants, raceMutants);
  }

  private static void addAll(List<Mutant> some, Map<String, Mutant> byName) {
    for (Mutant mutant : some) {
      if (byName.put(mutant.name(), mutant) != null) {
        throw new IllegalStateException("two mutants are named " + mutant.name());
      }
    }
  }

  /** The names of the targets that are not mutants, sorted. */
  public List<String> names() {
    return new ArrayList<>(backends.keySet());
  }

  /** The names of those of a seam that are not mutants, sorted. */
  public List<String> names(int seam) {
    if (seam == Layer.UNIT.seam()) {
      return new ArrayList<>(units.keySet());
    }
    return seam == Layer.IOMMUFD.seam() ? new ArrayList<>(kernels.keySet()) : names();
  }

  /** The seams at which there is a target of that name that is no mutant, in ascending order. */
  public List<Integer> seamsOf(String name) {
    return Stream.of(Layer.values())
        .map(Layer::seam)
        .distinct()
        .filter(seam -> names(seam).contains(name))
        .toList();
  }

  /**
   * The target of that name at a seam.
   *
   * @throws UnknownTargetException if there is none; its message names those that exist
   */
  public Target named(String name, int seam) {
    if (name.startsWith(MUTANT)) {
      requireSeam(known(name), seam);
      return named(name);
    }
    if (seam == Layer.UNIT.seam()) {
      return UnitTarget.of(provider(name, seam, units));
    }
    return seam == Layer.IOMMUFD.seam()
        ? IommufdTarget.of(provider(name, seam, kernels))
        : named(name);
  }

  private static <P> P provider(String name, int seam, Map<String, P> ofSeam) {
    P provider = ofSeam.get(name);
    if (provider == null) {
      throw new UnknownTargetException(
          "unknown target '"
              + name
              + "' at seam "
              + seam
              + "; there are "
              + String.join(", ", ofSeam.keySet())
              + ELSE);
    }
    return provider;
  }

  private static void requireSeam(Mutant mutant, int seam) {
    int own = seamOf(mutant);
    if (own != seam) {
      throw new UnknownTargetException(
          "mutant '" + mutant.name() + "' is judged at seam " + own + ": --seam " + own);
    }
  }

  /** The number of the seam whose suite judges a mutant. */
  public static int seamOf(Mutant mutant) {
    if (mutant instanceof Mutant.OfUnit) {
      return Layer.UNIT.seam();
    }
    boolean aboveCore =
        mutant instanceof Mutant.OfIommufd || mutant instanceof Mutant.OfSteppedIommufd;
    return aboveCore ? Layer.IOMMUFD.seam() : Layer.CORE.seam();
  }

  /** The mutants that the suite must kill, by name, sorted. */
  public Map<String, Mutant> mutants() {
    return mutants;
  }

  /** The mutants that only an interleaving gives away, by name, sorted. */
  public Map<String, Mutant> raceMutants() {
    return raceMutants;
  }

  /**
   * The target of that name.
   *
   * @throws UnknownTargetException if there is none; its message names those that exist
   */
  public Target named(String name) {
    if (!name.startsWith(MUTANT)) {
      return original(name, core);
    }
    Mutant mutant = known(name);
    if (raceMutants.containsKey(mutant.name())) {
      throw new UnknownTargetException(
          "mutant '"
              + mutant.name()
              + "' passes every sequence of calls; ./iommuref explain "
              + mutant.name()
              + " names the scenarios that give it away");
    }
    return of(mutant);
  }

  /** The mutant of that name, whatever gives it away. */
  public Optional<Mutant> mutant(String name) {
    return Optional.ofNullable(mutants.getOrDefault(name, raceMutants.get(name)));
  }

  private Mutant known(String target) {
    String name = target.substring(MUTANT.length());
    return mutant(name)
        .orElseThrow(
            () ->
                new UnknownTargetException(
                    "unknown mutant '" + name + "'; see ./iommuref list mutants"));
  }

  /**
   * The backend of the target of that name, for the explorer.
   *
   * @throws UnknownTargetException if there is none, or what is wrong in it is not its backend
   */
  public BackendTarget backendNamed(String name) {
    if (!name.startsWith(MUTANT)) {
      return original(name, backend(name), StepMutation.NONE);
    }
    Mutant mutant = known(name);
    if (mutant instanceof Mutant.OfBackend wrong) {
      return original(name, wrong.backend(), StepMutation.NONE);
    }
    if (mutant instanceof Mutant.OfSteps wrong) {
      return original(name, backend(mutant.base()), wrong.mutation());
    }
    throw new UnknownTargetException(
        "'" + mutant.name() + "' is no mutant of a backend, which is what this scenario explores");
  }

  /**
   * The implementation of seam 3 of that name, for the explorer.
   *
   * @throws UnknownTargetException if there is none, or what is wrong in it lies elsewhere
   */
  public SteppedTarget iommufdNamed(String name) {
    if (!name.startsWith(MUTANT)) {
      return new SteppedTarget(name, provider(name, Layer.IOMMUFD.seam(), stepped));
    }
    if (known(name) instanceof Mutant.OfSteppedIommufd wrong) {
      return new SteppedTarget(name, wrong.iommufd());
    }
    throw new UnknownTargetException(
        "'" + name + "' is no mutant of iommufd, which is what this scenario explores");
  }

  private static BackendTarget original(
      String name, BackendProvider provider, StepMutation mutation) {
    return new BackendTarget(name, provider.hwInfo(), provider::open, mutation);
  }

  /** The target that a mutant makes. */
  public Target of(Mutant mutant) {
    String name = MUTANT + mutant.name();
    if (mutant instanceof Mutant.OfBackend wrong) {
      return LocalTarget.of(
          name, mutant.title(), wrong.backend().hwInfo(), wrong.backend()::open, core);
    }
    if (mutant instanceof Mutant.OfCore wrong) {
      BackendProvider base = backend(mutant.base());
      return LocalTarget.of(name, mutant.title(), base.hwInfo(), base::open, wrong.core());
    }
    if (mutant instanceof Mutant.OfIommufd wrong) {
      return IommufdTarget.of(name, mutant.title(), wrong.iommufd());
    }
    if (mutant instanceof Mutant.OfUnit wrong) {
      return UnitTarget.of(name, wrong.unit());
    }
    if (mutant instanceof Mutant.OfSteppedIommufd) {
      throw new UnknownTargetException(
          "'" + mutant.name() + "' is explored by scenarios, not run by the suite");
    }
    Mutant.OfSteps wrong = (Mutant.OfSteps) mutant;
    return original(mutant.base(), core).mutated(name, mutant.title(), wrong.mutation());
  }

  private LocalTarget original(String name, CoreProvider above) {
    BackendProvider provider = backend(name);
    return LocalTarget.of(name, provider.title(), provider.hwInfo(), provider::open, above);
  }

  private BackendProvider backend(String name) {
    BackendProvider provider = backends.get(name);
    if (provider == null) {
      throw new UnknownTargetException(
          "unknown target '" + name + "'; there are " + String.join(", ", names()) + ELSE);
    }
    return provider;
  }
}
