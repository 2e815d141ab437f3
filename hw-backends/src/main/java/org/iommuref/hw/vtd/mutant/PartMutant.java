package org.iommuref.hw.vtd.mutant;

import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.Stream;
import org.iommuref.hw.vtd.CachingModeProvider;
import org.iommuref.hw.vtd.ScalableCachingModeProvider;
import org.iommuref.hw.vtd.ScalableProvider;
import org.iommuref.hw.vtd.ScalableSecondStageProvider;
import org.iommuref.hw.vtd.VtdProvider;
import org.iommuref.hw.vtd.VtdTarget;
import org.iommuref.hw.vtd.driver.AttachOrder;
import org.iommuref.hw.vtd.driver.DriverParts;
import org.iommuref.hw.vtd.unit.VtdParts;
import org.iommuref.spec.backend.HwInfo;
import org.iommuref.spec.backend.IommuBackend;
import org.iommuref.spec.clause.ClauseId;
import org.iommuref.spec.spi.BackendProvider;
import org.iommuref.spec.spi.Environment;
import org.iommuref.spec.spi.Mutant;

/** Makes mutants of a target with a part exchanged, or with something in front of it. */
final class PartMutant {

  private static final String DRIVER = "driver";
  private static final String UNIT = "unit";

  private PartMutant() {}

  /** Parts of a driver that attaches in another order. */
  static DriverParts withOrder(AttachOrder order) {
    return new DriverParts() {
      @Override
      protected AttachOrder attachOrder() {
        return order;
      }
    };
  }

  /** The target {@code vtd} with other parts of its driver. */
  static Mutant driver(String name, String title, DriverParts parts, String... clauses) {
    return of(VtdProvider.NAME, VtdProvider.parts(), name, title, parts, clauses);
  }

  /** The target {@code vtd-caching-mode} with other parts of its driver. */
  static Mutant inCachingMode(String name, String title, DriverParts parts, String... clauses) {
    return of(CachingModeProvider.NAME, CachingModeProvider.parts(), name, title, parts, clauses);
  }

  /** The target {@code vtd-scalable} with other parts of its driver. */
  static Mutant scalable(String name, String title, DriverParts parts, String... clauses) {
    return of(ScalableProvider.NAME, ScalableProvider.parts(), name, title, parts, clauses);
  }

  /** The target {@code vtd-scalable-second-stage} with other parts of its driver. */
  static Mutant secondStage(String name, String title, DriverParts parts, String... clauses) {
    return of(
        ScalableSecondStageProvider.NAME,
        ScalableSecondStageProvider.parts(),
        name,
        title,
        parts,
        clauses);
  }

  /** The target {@code vtd-scalable-caching-mode} with other parts of its driver. */
  static Mutant scalableCachingMode(
      String name, String title, DriverParts parts, String... clauses) {
    return of(
        ScalableCachingModeProvider.NAME,
        ScalableCachingModeProvider.parts(),
        name,
        title,
        parts,
        clauses);
  }

  private static Mutant of(
      String base, VtdParts unit, String name, String title, DriverParts parts, String... clauses) {
    String full = base + "-" + name;
    return of(full, title, ids(clauses), DRIVER, base, new VtdTarget(full, title, unit, parts));
  }

  /** The target {@code vtd} with something in front of it that changes a call. */
  static Mutant call(
      String name,
      String title,
      BiFunction<Environment, IommuBackend, IommuBackend> front,
      String... clauses) {
    return fronted(new VtdProvider(), name, title, front, clauses);
  }

  /** The target {@code vtd-caching-mode} with something in front of it that changes a call. */
  static Mutant callInCachingMode(
      String name,
      String title,
      BiFunction<Environment, IommuBackend, IommuBackend> front,
      String... clauses) {
    return fronted(new CachingModeProvider(), name, title, front, clauses);
  }

  /** The target {@code vtd-scalable} with something in front of it that changes a call. */
  static Mutant callInScalable(
      String name, String title, Function<IommuBackend, IommuBackend> front, String... clauses) {
    return fronted(
        new ScalableProvider(), name, title, (environment, base) -> front.apply(base), clauses);
  }

  private static Mutant fronted(
      BackendProvider base,
      String name,
      String title,
      BiFunction<Environment, IommuBackend, IommuBackend> front,
      String... clauses) {
    String full = base.name() + "-" + name;
    return of(
        full, title, ids(clauses), DRIVER, base.name(), new Fronted(full, title, base, front));
  }

  /** The target {@code vtd} with other units. */
  static Mutant unit(UnitMutant mutant) {
    return of(
        mutant.name(),
        mutant.title(),
        mutant.violates(),
        UNIT,
        VtdProvider.NAME,
        new VtdTarget(mutant.name(), mutant.title(), mutant.parts(), new DriverParts()));
  }

  private static Mutant of(
      String name,
      String title,
      List<ClauseId> clauses,
      String layer,
      String base,
      BackendProvider provider) {
    return new Mutant.OfBackend(name, title, clauses, layer, base, provider);
  }

  private static List<ClauseId> ids(String... clauses) {
    return Stream.of(clauses).map(ClauseId::parse).toList();
  }

  /** A target behind something that changes a call. */
  private record Fronted(
      String name,
      String title,
      BackendProvider base,
      BiFunction<Environment, IommuBackend, IommuBackend> front)
      implements BackendProvider {

    @Override
    public HwInfo hwInfo() {
      return base.hwInfo();
    }

    @Override
    public IommuBackend open(Environment environment) {
      return front.apply(environment, base.open(environment));
    }
  }
}
