package org.iommuref.hw.vtd.driver;

import java.util.HashMap;
import java.util.Map;
import org.iommuref.hw.radix.MapCheck;
import org.iommuref.hw.radix.MapChecks;
import org.iommuref.hw.radix.RadixTable;
import org.iommuref.hw.radix.TableFormat;
import org.iommuref.hw.radix.TableMemory;
import org.iommuref.hw.vtd.driver.VtdDomain.Nesting;
import org.iommuref.hw.vtd.driver.VtdDomain.Use;
import org.iommuref.hw.vtd.layout.ContextEntry;
import org.iommuref.spec.backend.DomainId;
import org.iommuref.spec.backend.DomainType;
import org.iommuref.spec.backend.Prot;
import org.iommuref.spec.clause.Clause;
import org.iommuref.spec.errno.Errno;
import org.iommuref.spec.errno.Result;
import org.iommuref.spec.errno.Result.Done;
import org.iommuref.spec.step.Footprint;
import org.iommuref.spec.step.Steps;
import org.jspecify.annotations.Nullable;

/** The domains of a driver, by the caller's names. */
final class VtdDomains {

  /** The hardware can write through a page that is only readable, if a domain is nested on it. */
  private static final MapCheck READ_ONLY =
      new MapCheck("read-only", "", map -> map.prot() == Prot.READ, Errno.EINVAL);

  private final UnitAbilities abilities;
  private final TableFormat firstStage;
  private final TableFormat secondStage;
  private final MapChecks mapChecks;
  private final TableMemory tables;
  private final Steps steps;
  private final Footprint footprint;
  private final Map<DomainId, VtdDomain> domains = new HashMap<>();

  VtdDomains(
      UnitAbilities abilities,
      DriverParts parts,
      TableMemory tables,
      Steps steps,
      Footprint footprint) {
    this.abilities = abilities;
    this.firstStage = parts.firstStage(abilities.firstStageLevels(), abilities.firstStageSizes());
    this.secondStage =
        parts.secondStage(
            ContextEntry.levels(abilities.addressWidth()), abilities.secondStageSizes());
    this.mapChecks = parts.mapChecks();
    this.tables = tables;
    this.steps = steps;
    this.footprint = footprint;
  }

  /** The domain of that name, or null. */
  @Nullable VtdDomain find(DomainId domain) {
    return domains.get(domain);
  }

  /** Allocates a domain of which nothing special is asked. EEXIST, EOPNOTSUPP, ENOMEM. */
  Result<Done> allocate(DomainId domain, DomainType type) {
    return switch (type) {
      case BLOCKED -> add(plain(domain, DomainKind.BLOCKED));
      case IDENTITY ->
          abilities.passThrough()
              ? add(plain(domain, DomainKind.IDENTITY))
              : Result.err(Errno.EOPNOTSUPP);
      case PAGING -> allocatePaging(domain, Use.PLAIN);
    };
  }

  /** Allocates a paging domain for a use. EEXIST, ENOMEM. */
  Result<Done> allocatePaging(DomainId domain, Use use) {
    if (domains.containsKey(domain)) {
      return Result.err(Errno.EEXIST);
    }
    boolean first = abilities.prefersFirstStage() && use.equals(Use.PLAIN);
    DomainKind kind = first ? DomainKind.FIRST_STAGE : DomainKind.SECOND_STAGE;
    MapChecks checks = use.nestParent() ? mapChecks.alsoRefusing(READ_ONLY) : mapChecks;
    SnoopedLeaves snooped = new SnoopedLeaves(secondStage);
    Result<RadixTable> table = RadixTable.allocate(first ? firstStage : snooped, checks, tables);
    return table.errno() != null
        ? Result.err(table.errno())
        : add(VtdDomain.of(domain, kind, table.value(), use, tags(domain)).with(snooped));
  }

  /** Makes a user's table a domain, nested on another one. EEXIST. */
  Result<Done> allocateNested(DomainId domain, VtdDomain parent, UserTable user) {
    return domains.containsKey(domain)
        ? Result.err(Errno.EEXIST)
        : add(VtdDomain.nested(domain, new Nesting(parent, user), tags(domain)));
  }

  private VtdDomain plain(DomainId domain, DomainKind kind) {
    return VtdDomain.of(domain, kind, null, Use.PLAIN, tags(domain));
  }

  private CacheTags tags(DomainId domain) {
    return new CacheTags(domain, steps, footprint);
  }

  private Result<Done> add(VtdDomain added) {
    return domains.putIfAbsent(added.id(), added) == null
        ? Result.done()
        : Result.err(Errno.EEXIST);
  }

  /** Frees a domain. EINVAL if there is none, EBUSY if it is attached or nested on. */
  @Clause("DOM-004")
  Result<Done> free(DomainId domain) {
    VtdDomain freed = domains.get(domain);
    if (freed == null) {
      return Result.err(Errno.EINVAL);
    }
    if (freed.isAttached() || freed.hasChildren()) {
      return Result.err(Errno.EBUSY);
    }
    domains.remove(domain);
    freed.end();
    if (freed.table() != null) {
      freed.table().free();
    }
    return Result.done();
  }
}
