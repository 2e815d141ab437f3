package org.iommuref.hw.vtd.mutant;

import java.util.List;
import java.util.stream.Stream;
import org.iommuref.hw.vtd.ScalableProvider;
import org.iommuref.hw.vtd.driver.CacheTag;
import org.iommuref.hw.vtd.driver.CacheTag.Kind;
import org.iommuref.hw.vtd.driver.DriverParts;
import org.iommuref.hw.vtd.driver.DriverStep.AssignTag;
import org.iommuref.hw.vtd.driver.DriverStep.SetPasidPresent;
import org.iommuref.hw.vtd.driver.PasidTables;
import org.iommuref.hw.vtd.driver.TagOrder;
import org.iommuref.hw.vtd.driver.UnitParts;
import org.iommuref.hw.vtd.layout.Granularity;
import org.iommuref.hw.vtd.layout.InvalidationDescriptor;
import org.iommuref.hw.vtd.layout.PasidDescriptor;
import org.iommuref.hw.vtd.layout.PasidEntry;
import org.iommuref.spec.access.Rid;
import org.iommuref.spec.backend.DomainId;
import org.iommuref.spec.backend.IommuBackend;
import org.iommuref.spec.backend.NestedDomains;
import org.iommuref.spec.backend.UserData;
import org.iommuref.spec.backend.UserDataArray;
import org.iommuref.spec.errno.Errno;
import org.iommuref.spec.errno.Result;
import org.iommuref.spec.errno.Result.Done;
import org.iommuref.spec.memory.Memory.Atom;
import org.iommuref.spec.spi.Mutant;
import org.jspecify.annotations.Nullable;

/** Nested domains gone wrong: their entries, their tags, what users invalidate. */
final class NestedMutants {

  /** The address of an order to a device that names all that there is. */
  private static final long WHOLE = Long.MAX_VALUE >>> 12;

  private NestedMutants() {}

  static List<StepMutant> steps() {
    return Stream.of(
            StepMutant.change(
                SetPasidPresent.class,
                NestedMutants::asSecondStage,
                "nested-entry-as-second-stage",
                "an entry of a nested domain names the second stage alone",
                "NEST-001",
                "NEST-002",
                "NEST-003"),
            StepMutant.drop(
                    AssignTag.class,
                    step -> step.tag().kind() == Kind.NESTING_IOTLB,
                    "drop-assign-tag-of-nested",
                    "a domain has no tag for what units cache of those nested on it",
                    "NEST-007",
                    "NEST-008")
                .ofRaces("R135"),
            StepMutant.drop(
                    AssignTag.class,
                    step -> step.tag().kind() == Kind.NESTING_DEVTLB,
                    "drop-assign-tag-of-nested-device",
                    "a domain has no tag for what devices keep of those nested on it",
                    "NEST-007")
                .ofRaces("R136"),
            StepMutant.drop(
                AssignTag.class,
                step -> step.tag().pasid() != 0 && step.tag().kind() == Kind.IOTLB,
                "drop-assign-tag-of-pasid-in-unit",
                "a domain has no tag for what units cache of PASIDs",
                "NEST-014",
                "INV-017"),
            ScalableStepMutants.descriptor(
                PasidDescriptor.TYPE_IOTLB,
                d ->
                    InvalidationDescriptor.G.get(d) == Granularity.PAGE
                        ? ScalableStepMutants.with(d, InvalidationDescriptor.ADDR, page -> page + 2)
                        : d,
                "pages-beside",
                "the invalidation of pages of a PASID names the page behind the next one",
                "NEST-004",
                "INV-001"),
            ScalableStepMutants.descriptor(
                PasidDescriptor.TYPE_IOTLB,
                d ->
                    InvalidationDescriptor.G.get(d) == Granularity.DOMAIN
                        ? ScalableStepMutants.with(
                            d, InvalidationDescriptor.G, all -> Granularity.PAGE)
                        : d,
                "pasid-as-first-page",
                "the invalidation of a whole PASID names its first page alone",
                "NEST-005",
                "ATT-002"),
            ScalableStepMutants.descriptor(
                    InvalidationDescriptor.TYPE_DEVICE_TLB,
                    NestedMutants::asFirstPage,
                    "device-whole-as-first-page",
                    "a device is told to drop its first page where everything is meant",
                    "NEST-005",
                    "NEST-007",
                    "ATT-002")
                .ofRaces("R100", "R136"),
            ScalableStepMutants.descriptor(
                PasidDescriptor.TYPE_IOTLB,
                d ->
                    InvalidationDescriptor.G.get(d) == Granularity.PAGE
                        ? ScalableStepMutants.with(d, InvalidationDescriptor.IH, hint -> 1)
                        : d,
                "users-always-leaf-only",
                "the invalidation of pages of a user's table always says that leaves alone changed",
                "NEST-006"))
        .map(mutant -> mutant.of(ScalableProvider.NAME))
        .toList();
  }

  private static Atom asFirstPage(Atom order) {
    boolean whole = InvalidationDescriptor.ADDR.get(order) == WHOLE;
    return whole ? new Atom(order.low(), 0) : order;
  }

  private static SetPasidPresent asSecondStage(SetPasidPresent step) {
    boolean nested = PasidEntry.PGTT.get(step.low()) == PasidEntry.PGTT_NESTED;
    return nested
        ? new SetPasidPresent(
            step.unit(),
            step.device(),
            step.pasid(),
            step.address(),
            PasidEntry.PGTT.put(step.low(), PasidEntry.PGTT_SECOND_STAGE))
        : step;
  }

  static List<Mutant> parts() {
    return List.of(
        PartMutant.scalable(
                "nested-left-by-first-page",
                "of a nested entry that ends, the translations of the first page alone are dropped",
                PasidTableMutants.withPasids(FirstPageOfNested::new),
                "NEST-013")
            .ofRaces("R137"),
        PartMutant.scalable(
            "one-device-of-a-domain",
            "an invalidation reaches one of the devices that keep translations of a domain",
            new DriverParts() {
              @Override
              protected TagOrder tagOrder() {
                return NestedMutants::withOneDevice;
              }
            },
            "NEST-016",
            "INV-004"),
        PartMutant.callInScalable(
            "nests-on-anything",
            "a domain is said to be nested on one that was not made for it",
            NestsOnAnything::new,
            "NEST-009"),
        PartMutant.callInScalable(
            "frees-parent",
            "a domain with others nested on it is said to be freed",
            FreesParent::new,
            "NEST-010"),
        PartMutant.callInScalable(
            "attaches-any-table",
            "a table that no unit walks is said to be attached",
            AttachesAnyTable::new,
            "NEST-011"),
        PartMutant.callInScalable(
            "counts-no-entries",
            "an invalidation that fails never says how many entries it has handled",
            CountsNothing::new,
            "NEST-012"));
  }

  private static List<CacheTag> withOneDevice(List<CacheTag> tags) {
    Rid first =
        tags.stream()
            .map(CacheTag::device)
            .filter(device -> device != null)
            .findFirst()
            .orElse(null);
    return tags.stream().filter(tag -> tag.device() == null || tag.device().equals(first)).toList();
  }

  private static final class FirstPageOfNested extends PasidTables {
    private final UnitParts unit;

    FirstPageOfNested(UnitParts unit, Rid device, long directory) {
      super(unit, device, directory);
      this.unit = unit;
    }

    @Override
    protected void endTranslations(int type, int domainId, int pasid) {
      if (type == PasidEntry.PGTT_NESTED) {
        unit.invalidations().pagesOfPasid(domainId, pasid, 0, 0, false);
      } else {
        super.endTranslations(type, domainId, pasid);
      }
    }
  }

  /** A driver with a change to what it does with nested domains. */
  private abstract static class Nesting extends Forwarding implements NestedDomains {
    private final NestedDomains right;

    Nesting(IommuBackend driver) {
      super(driver);
      this.right = driver.extension(NestedDomains.class).orElseThrow();
    }

    @Override
    public Result<Done> allocateNested(
        DomainId domain, Rid device, DomainId parent, int flags, UserData data) {
      return right.allocateNested(domain, device, parent, flags, data);
    }

    @Override
    public Result<Integer> invalidate(DomainId domain, UserDataArray entries) {
      return right.invalidate(domain, entries);
    }
  }

  private static final class NestsOnAnything extends Nesting {
    NestsOnAnything(IommuBackend driver) {
      super(driver);
    }

    @Override
    public Result<Done> allocateNested(
        DomainId domain, Rid device, DomainId parent, int flags, UserData data) {
      super.allocateNested(domain, device, parent, flags, data);
      return Result.done();
    }
  }

  private static final class FreesParent extends Nesting {
    FreesParent(IommuBackend driver) {
      super(driver);
    }

    @Override
    public Result<Done> freeDomain(DomainId domain) {
      super.freeDomain(domain);
      return Result.done();
    }
  }

  private static final class AttachesAnyTable extends Nesting {
    AttachesAnyTable(IommuBackend driver) {
      super(driver);
    }

    @Override
    public Result<Done> attach(Rid device, DomainId domain, @Nullable DomainId old) {
      Result<Done> result = super.attach(device, domain, old);
      return result.errno() == Errno.EINVAL ? Result.done() : result;
    }
  }

  private static final class CountsNothing extends Nesting {
    CountsNothing(IommuBackend driver) {
      super(driver);
    }

    @Override
    public Result<Integer> invalidate(DomainId domain, UserDataArray entries) {
      Result<Integer> result = super.invalidate(domain, entries);
      return result.errno() == null ? result : Result.err(result.errno(), 0);
    }
  }
}
