package org.iommuref.conformance.target;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.TreeMap;
import org.iommuref.spec.spi.BackendProvider;
import org.iommuref.spec.spi.CoreProvider;
import org.iommuref.spec.spi.Mutant;
import org.iommuref.spec.spi.MutantProvider;

/** The targets of this process, by name: backends and mutants that a ServiceLoader finds. */
public final class Targets {

  private static final String MUTANT = "mutant:";

  private final CoreProvider core;
  private final Map<String, BackendProvider> backends;
  private final Map<String, Mutant> mutants;

  private Targets(
      CoreProvider core, Map<String, BackendProvider> backends, Map<String, Mutant> mutants) {
    this.core = core;
    this.backends = backends;
    this.mutants = mutants;
  }

  /** All that the class path brings. */
  public static Targets onClassPath() {
    Map<String, BackendProvider> backends = new TreeMap<>();
    ServiceLoader.load(BackendProvider.class).forEach(b -> backends.put(b.name(), b));
    Map<String, Mutant> mutants = new TreeMap<>();
    for (MutantProvider provider : ServiceLoader.load(MutantProvider.class)) {
      for (Mutant mutant : provider.mutants()) {
        if (mutants.put(mutant.name(), mutant) != null) {
          throw new IllegalStateException("two mutants are named " + mutant.name());
        }
      }
    }
    CoreProvider core =
        ServiceLoader.load(CoreProvider.class)
            .findFirst()
            .orElseThrow(() -> new IllegalStateException("no IOMMU core on the class path"));
    return new Targets(core, backends, mutants);
  }

  /** The names of the targets that are not mutants, sorted. */
  public List<String> names() {
    return new ArrayList<>(backends.keySet());
  }

  /** The mutants by name, sorted. */
  public Map<String, Mutant> mutants() {
    return mutants;
  }

  /**
   * The target of that name.
   *
   * @throws UnknownTargetException if there is none; its message names those that exist
   */
  public Target named(String name) {
    if (name.startsWith(MUTANT)) {
      Mutant mutant = mutants.get(name.substring(MUTANT.length()));
      if (mutant == null) {
        throw new UnknownTargetException(
            "unknown mutant '"
                + name.substring(MUTANT.length())
                + "'; see ./iommuref list mutants");
      }
      return of(mutant);
    }
    return original(name, core);
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
          "unknown target '"
              + name
              + "'; there are "
              + String.join(", ", names())
              + ", mutant:<name> and exec:<command>");
    }
    return provider;
  }
}
