package org.iommuref.model.mutant;

import static org.iommuref.model.mutant.IommufdMutants.mutant;
import static org.iommuref.model.mutant.WrongCall.changed;
import static org.iommuref.model.mutant.WrongCall.failing;
import static org.iommuref.model.mutant.WrongCall.forgiving;

import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.iommuref.spec.access.Rid;
import org.iommuref.spec.backend.IommuBackend;
import org.iommuref.spec.backend.ReservedRegion;
import org.iommuref.spec.errno.Errno;
import org.iommuref.spec.errno.Result;
import org.iommuref.spec.spi.Mutant;

/** Reserved regions of devices, wrong. */
final class WrongRegions {

  private static final String BIND = "IOMMU_TEST_OP_MOCK_DOMAIN";
  private static final String ATTACH = "IOMMU_TEST_OP_PASID_ATTACH";
  private static final String DETACH = "IOMMU_TEST_OP_PASID_DETACH";
  private static final String REPLACE = "IOMMU_TEST_OP_MOCK_DOMAIN_REPLACE";

  /** Where devices of the suite have their first reserved region. */
  private static final long REGION = 1L << 25;

  private static final long PAGE = 4096;

  /** IOASs of a program have ids below this. */
  private static final long IDS = 16;

  private WrongRegions() {}

  static List<Mutant> mutants() {
    return Stream.of(ofReservations(), ofAttachments()).flatMap(List::stream).toList();
  }

  private static List<Mutant> ofReservations() {
    return List.of(
        mutant(
            "relaxable-region-reserved",
            "reserves what firmware wants mapped for the time being",
            telling(each -> each.map(WrongRegions::asReserved)),
            "RSV-003"),
        mutant(
            "interrupt-region-free",
            "reserves no region of interrupts",
            telling(each -> each.filter(region -> region.type() != ReservedRegion.Type.MSI)),
            "RSV-003"),
        mutant(
            "regions-half-reserved",
            "leaves a region reserved when another one could not be",
            changed(BIND, WrongRegions::reserveOnFailure).overIdeal(),
            "RSV-004"),
        mutant(
            "any-windows",
            "takes a device whose windows contradict each other",
            telling(each -> each.filter(region -> region.type() != ReservedRegion.Type.SW_MSI)),
            "RSV-005"),
        mutant(
            "windows-before-regions",
            "looks at the windows of a device before its regions are found free",
            failing(BIND, Errno.EADDRINUSE, Errno.EINVAL).overIdeal(),
            "RSV-005"));
  }

  private static List<Mutant> ofAttachments() {
    return List.of(
        mutant(
            "attach-over-mappings",
            "says that a device is attached whose region is in use",
            forgiving(BIND, Errno.EADDRINUSE).overIdeal(),
            "DEV-012"),
        mutant(
            "nested-attach-over-mappings",
            "says that a device is on a nested page table whose region is in use below",
            forgiving(ATTACH, Errno.EADDRINUSE).overIdeal(),
            "DEV-013"),
        mutant(
            "detach-keeps-regions",
            "leaves the regions of a device reserved that was detached",
            changed(DETACH, WrongRegions::reserveAfterwards).overIdeal(),
            "DEV-023"),
        mutant(
            "replace-over-mappings",
            "says that a device was moved whose region is in use",
            forgiving(REPLACE, Errno.EADDRINUSE).overIdeal(),
            "DEV-028"),
        mutant(
            "replace-keeps-regions",
            "leaves the regions of a device reserved in the IOAS that it left",
            changed(REPLACE, WrongRegions::reserveAfterwards).overIdeal(),
            "DEV-029"),
        mutant(
            "pasid-reserves-regions",
            "reserves the regions of a device for a PASID of it",
            changed(ATTACH, WrongRegions::reserveForPasid).overIdeal(),
            "DEV-047"));
  }

  /** Over a driver that tells other regions of its devices. */
  private static WrongKernel telling(UnaryOperator<Stream<ReservedRegion>> other) {
    return WrongKernel.overDriver(driver -> new Telling(driver, other));
  }

  private static ReservedRegion asReserved(ReservedRegion region) {
    return new ReservedRegion(region.start(), region.length(), ReservedRegion.Type.RESERVED);
  }

  private static Result<Integer> reserveOnFailure(OneCall call) {
    Result<Integer> result = call.right();
    if (!result.isOk()) {
      reserve(call);
    }
    return result;
  }

  private static Result<Integer> reserveAfterwards(OneCall call) {
    Result<Integer> result = call.right();
    if (result.isOk()) {
      reserve(call);
    }
    return result;
  }

  private static Result<Integer> reserveForPasid(OneCall call) {
    if (call.get("pasid") != 0 && !reserve(call)) {
      return Result.err(Errno.EADDRINUSE);
    }
    return call.right();
  }

  /** Reserves the region in each IOAS; whether it was free in all. */
  private static boolean reserve(OneCall call) {
    boolean free = true;
    for (long ioas = 1; ioas < IDS; ioas++) {
      Map<String, Long> range = Map.of("id", ioas, "start", REGION, "length", PAGE);
      Result<Long> reserved = call.also("IOMMU_TEST_OP_ADD_RESERVED", range, "id");
      free &= reserved.errno() != Errno.EADDRINUSE;
    }
    return free;
  }

  private static final class Telling extends Forwarding {

    private final UnaryOperator<Stream<ReservedRegion>> other;

    Telling(IommuBackend backend, UnaryOperator<Stream<ReservedRegion>> other) {
      super(backend);
      this.other = other;
    }

    @Override
    public List<ReservedRegion> reservedRegions(Rid device) {
      return other.apply(super.reservedRegions(device).stream()).toList();
    }
  }
}
