package org.iommuref.hw.vtd.mutant;

import java.util.List;
import java.util.stream.Stream;
import org.iommuref.hw.vtd.ScalableProvider;
import org.iommuref.hw.vtd.driver.DriverStep.AssignTag;
import org.iommuref.hw.vtd.layout.Granularity;
import org.iommuref.hw.vtd.layout.InvalidationDescriptor;
import org.iommuref.hw.vtd.layout.PasidDescriptor;
import org.iommuref.spec.memory.Memory.Atom;

/** Invalidations of scalable mode that name too little or something else. */
final class ScalableDescriptorMutants {

  private ScalableDescriptorMutants() {}

  static List<StepMutant> all() {
    return Stream.of(translations(), cachedEntries(), devices())
        .flatMap(mutants -> mutants)
        .map(mutant -> mutant.of(ScalableProvider.NAME))
        .toList();
  }

  private static Stream<StepMutant> translations() {
    return Stream.of(
        ScalableStepMutants.descriptor(
                PasidDescriptor.TYPE_IOTLB,
                d -> ScalableStepMutants.with(d, PasidDescriptor.DID, did -> did + 1),
                "translations-of-next-domain-id",
                "an invalidation of translations carries the domain id behind the right one",
                "INV-001",
                "ATT-002")
            .ofRaces("R48"),
        ScalableStepMutants.descriptor(
                PasidDescriptor.TYPE_IOTLB,
                d -> ScalableStepMutants.with(d, PasidDescriptor.PASID, pasid -> 0),
                "translations-without-pasid",
                "an invalidation of translations names those without PASID, whichever are meant",
                "INV-017",
                "PASID-004")
            .ofRaces("R12"),
        ScalableStepMutants.descriptor(
                PasidDescriptor.TYPE_IOTLB,
                ScalableDescriptorMutants::fromZero,
                "pages-of-pasids-from-zero",
                "behind the device itself, the invalidation of pages begins at 0 for each PASID",
                "INV-017")
            .ofRaces("R78"),
        ScalableStepMutants.descriptor(
                PasidDescriptor.TYPE_IOTLB,
                ScalableStepMutants::withHalfTheRange,
                "half-the-range",
                "the invalidation of several pages names the first half of them",
                "INV-005")
            .ofRaces("R09"),
        ScalableStepMutants.descriptor(
                PasidDescriptor.TYPE_IOTLB,
                d ->
                    InvalidationDescriptor.G.get(d) == Granularity.PAGE
                        ? ScalableStepMutants.with(d, InvalidationDescriptor.IH, hint -> 1)
                        : d,
                "always-leaf-only",
                "the invalidation of pages always says that no table was unlinked",
                "INV-009",
                "MAP-017")
            .ofRaces("R07"),
        ScalableStepMutants.descriptor(
            PasidDescriptor.TYPE_IOTLB,
            d ->
                InvalidationDescriptor.G.get(d) == Granularity.DOMAIN
                    ? ScalableStepMutants.with(d, InvalidationDescriptor.G, all -> Granularity.PAGE)
                    : d,
            "pasid-as-one-page",
            "the invalidation of all translations of a PASID names its first page alone",
            "INV-006",
            "ATT-002"));
  }

  private static Stream<StepMutant> cachedEntries() {
    return Stream.of(
        ScalableStepMutants.descriptor(
                PasidDescriptor.TYPE_PASID_CACHE,
                d -> ScalableStepMutants.with(d, PasidDescriptor.DID, did -> did + 1),
                "pasid-cache-of-next-domain-id",
                "the invalidation of a PASID entry carries the domain id behind the right one",
                "ATT-002",
                "PASID-004")
            .ofRaces("R34"),
        ScalableStepMutants.descriptor(
                PasidDescriptor.TYPE_PASID_CACHE,
                d -> ScalableStepMutants.with(d, PasidDescriptor.PASID, pasid -> pasid ^ 1),
                "pasid-cache-of-next-pasid",
                "the invalidation of a PASID entry names the PASID beside the right one",
                "ATT-002",
                "PASID-004")
            .ofRaces("R47"));
  }

  private static Stream<StepMutant> devices() {
    return Stream.of(
        StepMutant.drop(
                AssignTag.class,
                step -> step.tag().device() != null,
                "drop-assign-tag-of-device",
                "a domain has no tag for what devices keep",
                "INV-001",
                "INV-017")
            .ofRaces("R29"),
        StepMutant.drop(
                AssignTag.class,
                step -> step.tag().device() != null && step.tag().pasid() != 0,
                "drop-assign-tag-of-device-and-pasid",
                "a domain has no tag for what devices keep of PASIDs",
                "INV-017")
            .ofRaces("R77"),
        ScalableStepMutants.descriptor(
            InvalidationDescriptor.TYPE_DEVICE_TLB,
            ScalableDescriptorMutants::asOnePage,
            "device-invalidation-as-one-page",
            "the invalidation of a device-TLB names one page where several are meant",
            "INV-005",
            "INV-006",
            "ATT-002"),
        ScalableStepMutants.descriptor(
            InvalidationDescriptor.TYPE_DEVICE_TLB,
            d -> ScalableStepMutants.with(d, InvalidationDescriptor.ADDR, page -> page ^ 1),
            "device-invalidation-of-next-page",
            "the invalidation of a device-TLB names the page beside the right one",
            "INV-001"),
        ScalableStepMutants.descriptor(
                PasidDescriptor.TYPE_DEVICE_TLB,
                d -> ScalableStepMutants.with(d, PasidDescriptor.PASID, pasid -> pasid ^ 1),
                "device-invalidation-of-next-pasid",
                "the invalidation of a device-TLB names the PASID beside the right one",
                "INV-017",
                "PASID-004")
            .ofRaces("R77"),
        ScalableStepMutants.descriptor(
                PasidDescriptor.TYPE_DEVICE_TLB,
                d ->
                    InvalidationDescriptor.deviceTlb(
                        (int) PasidDescriptor.SID.get(d),
                        d.high() & ~PasidDescriptor.S.mask(),
                        PasidDescriptor.S.isSet(d.high())),
                "device-invalidation-without-pasid",
                "what a device keeps of a PASID is invalidated as what it keeps without",
                "INV-017",
                "PASID-004")
            .ofRaces("R77"));
  }

  private static Atom fromZero(Atom descriptor) {
    boolean pages = InvalidationDescriptor.G.get(descriptor) == Granularity.PAGE;
    return pages && PasidDescriptor.PASID.get(descriptor) != 0
        ? ScalableStepMutants.with(descriptor, InvalidationDescriptor.ADDR, page -> 0)
        : descriptor;
  }

  private static Atom asOnePage(Atom descriptor) {
    long ones = InvalidationDescriptor.ADDR.address(descriptor.high());
    return new Atom(descriptor.low(), ones & ones + (1L << 12));
  }
}
