package org.iommuref.hw.vtd.mutant;

import java.util.List;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.iommuref.hw.vtd.driver.DriverStep.InvalidationDone;
import org.iommuref.hw.vtd.driver.DriverStep.WriteDescriptor;
import org.iommuref.hw.vtd.layout.Field;
import org.iommuref.hw.vtd.layout.Granularity;
import org.iommuref.hw.vtd.layout.InvalidationDescriptor;
import org.iommuref.spec.memory.Memory.Atom;

/** Invalidations that name too little or something else, one field of a descriptor each. */
final class DescriptorMutants {

  private static final int NEXT_DEVICE = 8;
  private static final long PAGE = 1L << 12;

  private DescriptorMutants() {}

  static List<StepMutant> all() {
    return List.of(
        changed(
            DescriptorMutants::namesPages,
            d -> with(d, InvalidationDescriptor.DID, next(d, InvalidationDescriptor.DID)),
            "pages-of-next-domain-id",
            "the invalidation of pages carries the domain id behind the right one",
            "INV-001"),
        changed(
                DescriptorMutants::namesPages,
                DescriptorMutants::withHalfTheRange,
                "half-the-range",
                "the invalidation of several pages names the first half of them",
                "INV-005")
            .ofRaces("R09"),
        changed(
                DescriptorMutants::namesPages,
                d -> with(d, InvalidationDescriptor.AM, 0),
                "first-page-alone",
                "the invalidation of several pages names the first one alone",
                "INV-005",
                "INV-016")
            .ofRaces("R09"),
        changed(
            DescriptorMutants::namesPages,
            d -> new Atom(d.low(), d.high() ^ PAGE << InvalidationDescriptor.AM.get(d)),
            "range-beside",
            "the invalidation of pages names the range beside the right one",
            "INV-001",
            "INV-005"),
        changed(
                DescriptorMutants::namesPages,
                d -> with(d, InvalidationDescriptor.IH, 1),
                "always-leaf-only",
                "the invalidation of pages always says that no table was unlinked",
                "INV-009",
                "MAP-017")
            .ofRaces("R07"),
        changed(
                DescriptorMutants::isIotlb,
                d -> with(with(d, InvalidationDescriptor.DW, 0), InvalidationDescriptor.DR, 0),
                "without-drain",
                "no invalidation asks for reads and writes to be drained",
                "INV-002")
            .ofRaces("R22"),
        changed(
            DescriptorMutants::namesDomain,
            DescriptorMutants::asFirstPage,
            "domain-as-one-page",
            "the invalidation of a domain names its first page alone",
            "INV-006",
            "INV-012",
            "ATT-002"),
        changed(
            DescriptorMutants::namesDomain,
            d -> with(d, InvalidationDescriptor.DID, next(d, InvalidationDescriptor.DID)),
            "domain-of-next-id",
            "the invalidation of a domain carries the domain id behind the right one",
            "INV-006",
            "INV-012",
            "ATT-002"),
        changed(
                DescriptorMutants::namesDevice,
                d -> with(d, InvalidationDescriptor.DID, 0),
                "context-without-domain-id",
                "the invalidation of a context entry carries domain id 0",
                "ATT-002",
                "ATT-005")
            .ofRaces("R34"),
        changed(
                DescriptorMutants::namesDevice,
                d ->
                    with(
                        d,
                        InvalidationDescriptor.SID,
                        InvalidationDescriptor.SID.get(d) ^ NEXT_DEVICE),
                "context-of-next-device",
                "the invalidation of a context entry names the device beside the right one",
                "ATT-002",
                "ATT-005")
            .ofRaces("R34"),
        StepMutant.change(
                WriteDescriptor.class,
                step ->
                    step.unit() > 0 && isIotlb(step.descriptor())
                        ? put(step, with(step.descriptor(), InvalidationDescriptor.DID, 0))
                        : step,
                "first-unit-only",
                "translations are invalidated on the first unit alone",
                "INV-004")
            .ofRaces("R36"),
        StepMutant.drop(
                InvalidationDone.class,
                "drop-invalidation-done",
                "nobody waits for an invalidation",
                "INV-010",
                "INV-001")
            .ofRaces("R60"));
  }

  private static StepMutant changed(
      Predicate<Atom> which,
      UnaryOperator<Atom> change,
      String name,
      String title,
      String... clauses) {
    return StepMutant.change(
        WriteDescriptor.class,
        step -> which.test(step.descriptor()) ? put(step, change.apply(step.descriptor())) : step,
        name,
        title,
        clauses);
  }

  private static WriteDescriptor put(WriteDescriptor step, Atom descriptor) {
    return new WriteDescriptor(step.unit(), step.address(), descriptor);
  }

  private static Atom with(Atom descriptor, Field field, long value) {
    return field.quadword() == 0
        ? new Atom(field.put(descriptor.low(), value), descriptor.high())
        : new Atom(descriptor.low(), field.put(descriptor.high(), value));
  }

  private static long next(Atom descriptor, Field field) {
    return field.get(descriptor) + 1;
  }

  private static Atom withHalfTheRange(Atom descriptor) {
    long mask = InvalidationDescriptor.AM.get(descriptor);
    return mask == 0 ? descriptor : with(descriptor, InvalidationDescriptor.AM, mask - 1);
  }

  private static Atom asFirstPage(Atom descriptor) {
    return with(descriptor, InvalidationDescriptor.G, Granularity.PAGE);
  }

  private static boolean isIotlb(Atom descriptor) {
    return InvalidationDescriptor.TYPE.get(descriptor) == InvalidationDescriptor.TYPE_IOTLB;
  }

  private static boolean namesPages(Atom descriptor) {
    return isIotlb(descriptor) && InvalidationDescriptor.G.get(descriptor) == Granularity.PAGE;
  }

  private static boolean namesDomain(Atom descriptor) {
    return isIotlb(descriptor) && InvalidationDescriptor.G.get(descriptor) == Granularity.DOMAIN;
  }

  private static boolean namesDevice(Atom descriptor) {
    return InvalidationDescriptor.TYPE.get(descriptor) == InvalidationDescriptor.TYPE_CONTEXT
        && InvalidationDescriptor.G.get(descriptor) == Granularity.DEVICE;
  }
}
