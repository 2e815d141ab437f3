package org.iommuref.conformance.suite;

import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.Set;
import org.iommuref.conformance.cases.vtd.VtdContract;
import org.iommuref.conformance.cases.vtd.VtdContract.Breach;
import org.iommuref.conformance.target.Session;
import org.iommuref.conformance.target.SessionConfig;
import org.iommuref.conformance.target.Target;
import org.iommuref.conformance.target.UnitTarget;
import org.iommuref.spec.operation.Reply;
import org.iommuref.spec.spi.CachePolicy;
import org.iommuref.spec.spi.UnitLibrary;
import org.iommuref.spec.spi.UnitProvider;
import org.iommuref.spec.unit.call.UnitCall.ReadRegister;
import org.jspecify.annotations.Nullable;

/**
 * A unit of ours that reports what the failing one does, and keeps the whole case: a part of it is
 * true if that unit keeps it too, under either cache policy and another seed, and software breaks
 * its side of the contract in no way in which the whole case does not.
 */
final class UnitTruth implements Truth {

  private static final long ANOTHER_SEED = 0x5eed;

  private final CaseRunner unit;
  private final Set<SessionConfig> configs;
  private final Set<Breach> breaches;

  private UnitTruth(CaseRunner unit, Set<SessionConfig> configs, Set<Breach> breaches) {
    this.unit = unit;
    this.configs = configs;
    this.breaches = breaches;
  }

  /** Null if no unit of ours reports and keeps that. */
  static @Nullable UnitTruth of(Case whole, Target target, SessionConfig config) {
    Optional<UnitProvider> alike;
    try (Session session = target.open(config)) {
      alike = alike(session, target);
    } catch (UntoldException e) {
      return null;
    }
    if (alike.isEmpty()) {
      return null;
    }
    CaseRunner unit = new CaseRunner(UnitTarget.of(alike.get()));
    UnitTruth truth =
        new UnitTruth(unit, configs(config), VtdContract.breaches(whole.operations()));
    return truth.holds(whole) ? truth : null;
  }

  private static Optional<UnitProvider> alike(Session session, Target target) {
    return ServiceLoader.load(UnitLibrary.class).stream()
        .map(
            library ->
                library
                    .get()
                    .like(
                        target.hwInfo().architecture(),
                        offset -> register(session, offset),
                        target.hostAddressBits()))
        .flatMap(Optional::stream)
        .findFirst();
  }

  private static long register(Session session, int offset) {
    if (session.execute(new ReadRegister(offset, Long.BYTES, null)) instanceof Reply.Ok<Long> ok) {
      return ok.value();
    }
    throw new UntoldException();
  }

  private static Set<SessionConfig> configs(SessionConfig config) {
    Set<SessionConfig> configs = new LinkedHashSet<>();
    configs.add(config);
    configs.add(with(config, CachePolicy.ADVERSARIAL, SessionConfig.PLAIN));
    configs.add(with(config, CachePolicy.REALISTIC, SessionConfig.PLAIN));
    configs.add(with(config, CachePolicy.ADVERSARIAL, ANOTHER_SEED));
    return configs;
  }

  private static SessionConfig with(SessionConfig config, CachePolicy caches, long seed) {
    return new SessionConfig(config.topology(), caches, seed, config.layer());
  }

  @Override
  public boolean holds(Case shorter) {
    return breaches.containsAll(VtdContract.breaches(shorter.operations()))
        && configs.stream()
            .allMatch(config -> unit.run(shorter, config) instanceof CaseResult.Allowed);
  }

  /** A unit does not tell what a register holds. */
  private static final class UntoldException extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }
}
