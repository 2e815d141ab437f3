package org.iommuref.model.mutant;

import static org.iommuref.model.mutant.IommufdMutants.mutant;
import static org.iommuref.model.mutant.WrongCall.answering;
import static org.iommuref.model.mutant.WrongCall.changed;
import static org.iommuref.model.mutant.WrongCall.doingNothing;
import static org.iommuref.model.mutant.WrongCall.failing;
import static org.iommuref.model.mutant.WrongCall.forgiving;
import static org.iommuref.model.mutant.WrongCall.refusing;
import static org.iommuref.model.mutant.WrongCall.taking;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.iommuref.spec.errno.Errno;
import org.iommuref.spec.errno.Result;
import org.iommuref.spec.spi.Mutant;

/** Devices and what they are attached to, wrong where no list of checks says what is right. */
final class WrongDevices {

  private static final String BIND = "IOMMU_TEST_OP_MOCK_DOMAIN";
  private static final String REPLACE = "IOMMU_TEST_OP_MOCK_DOMAIN_REPLACE";
  private static final String ATTACH = "IOMMU_TEST_OP_PASID_ATTACH";
  private static final String DETACH = "IOMMU_TEST_OP_PASID_DETACH";
  private static final String CHECK = "IOMMU_TEST_OP_PASID_CHECK_HWPT";
  private static final String REPLACE_PASID = "IOMMU_TEST_OP_PASID_REPLACE";
  private static final String INFO = "IOMMU_GET_HW_INFO";

  /** By how much the ids of two mock devices differ that were made one after the other. */
  private static final long NEXT_MOCK_DEVICE = 3;

  private WrongDevices() {}

  static List<Mutant> mutants() {
    return Stream.of(ofGroups(), ofAttaches(), ofPasids(), ofInfo()).flatMap(List::stream).toList();
  }

  private static List<Mutant> ofGroups() {
    return List.of(
        mutant(
            "group-with-two-contexts",
            "says that a device is bound that belongs to another context",
            forgiving(BIND, Errno.EPERM).overIdeal(),
            "DEV-004"),
        mutant(
            "one-device-of-a-group",
            "binds one device of a group",
            changed(BIND, WrongDevices::bindFirst).overIdeal(),
            "DEV-005"),
        mutant(
            "unbind-keeps-the-group",
            "detaches a device where it should be given back",
            changed("IOMMU_DESTROY", WrongDevices::detachInstead).overIdeal(),
            "DEV-007"),
        mutant(
            "attach-of-a-group-does-nothing",
            "says that a group is on a page table that it never entered",
            doingNothing(ATTACH).overIdeal(),
            "DEV-017"),
        mutant(
            "second-attach-moves-the-group",
            "moves a group to a new page table when a further device is attached",
            changed(BIND, WrongDevices::bindAndMove).overIdeal(),
            "DEV-018"),
        mutant(
            "detach-of-the-whole-group",
            "detaches the next device too",
            changed(DETACH, WrongDevices::detachTwo).overIdeal(),
            "DEV-021"),
        mutant(
            "replace-of-a-group-does-nothing",
            "says that a group was moved that stayed",
            doingNothing(REPLACE).overIdeal(),
            "DEV-026",
            "DEV-027"));
  }

  private static List<Mutant> ofAttaches() {
    return List.of(
        mutant(
            "driver-refusal-as-eopnotsupp",
            "answers EOPNOTSUPP when a driver refuses a page table",
            failing(ATTACH, Errno.EINVAL, Errno.EOPNOTSUPP),
            "DEV-014"),
        mutant(
            "failed-attach-reserves",
            "leaves addresses of an IOAS reserved when an attach has failed",
            changed(ATTACH, WrongDevices::reserveOnFailure),
            "DEV-016"),
        mutant(
            "attach-does-nothing",
            "says that a device was attached that was not",
            doingNothing(ATTACH),
            "DEV-019"),
        mutant(
            "detach-of-any-pasid",
            "detaches the device whatever PASID is named",
            taking(DETACH, "pasid", pasid -> 0),
            "DEV-020"),
        mutant(
            "detach-does-nothing",
            "says that a device was detached that was not",
            doingNothing(DETACH),
            "DEV-022"),
        mutant(
            "same-page-table-refused",
            "refuses a replace by the page table that is in force",
            refusing(REPLACE, WrongDevices::isInForce, Errno.EBUSY),
            "DEV-025"),
        mutant(
            "failed-replace-detaches",
            "detaches the device when a replace has failed",
            changed(REPLACE, call -> detachOnFailure(call, 0)),
            "DEV-030"));
  }

  private static List<Mutant> ofPasids() {
    return List.of(
        mutant(
            "pasid-wants-a-device-that-is-attached",
            "refuses a PASID of a device that is not attached without one",
            refusing(ATTACH, WrongDevices::isPasidOfDetached, Errno.EINVAL),
            "DEV-039"),
        mutant(
            "any-pasid",
            "says that a PASID is attached that cannot be",
            forgiving(ATTACH, Errno.EINVAL),
            "DEV-041",
            "DEV-042"),
        mutant(
            "no-page-table-for-pasids-and-devices",
            "keeps devices without PASIDs from page tables that are made for them",
            failing(REPLACE, Errno.EINVAL),
            "DEV-044"),
        mutant(
            "pasid-moves-the-device",
            "attaches a PASID by moving the device",
            changed(ATTACH, WrongDevices::moveTheDevice),
            "DEV-046"),
        mutant(
            "failed-replace-detaches-pasid",
            "detaches a PASID when its replace has failed",
            changed(REPLACE_PASID, call -> detachOnFailure(call, call.get("pasid"))),
            "DEV-048"),
        mutant(
            "no-failing-pasid",
            "says that the mock driver can do what it cannot",
            forgiving(REPLACE_PASID, Errno.ENOMEM),
            "DEV-049"));
  }

  private static List<Mutant> ofInfo() {
    return List.of(
        mutant(
            "type-always-read",
            "reads a type that is not asked for",
            taking(INFO, "flags", flags -> flags == 0 ? 1 : flags),
            "DEV-054"),
        mutant(
            "any-type",
            "tells what it has for any type",
            taking(INFO, "flags", flags -> flags & ~1),
            "DEV-055"),
        mutant(
            "type-wanted-of-nothing",
            "refuses a type where the driver has nothing to tell",
            refusing(INFO, call -> call.get("flags") != 0, Errno.EOPNOTSUPP).overIdeal(),
            "DEV-056"),
        mutant(
            "writes-beyond-the-buffer",
            "writes all of the information into a short buffer",
            taking(INFO, "data_len", length -> length == 4 ? 8 : length),
            "DEV-057"),
        mutant(
            "rest-of-the-buffer-stays",
            "leaves what lies behind the information",
            taking(INFO, "data_len", length -> length > 8 ? 8 : length),
            "DEV-058"),
        mutant(
            "length-of-what-was-written",
            "gives the length that was asked for",
            changed(INFO, WrongDevices::tellWritten),
            "DEV-059"),
        mutant(
            "null-buffer-ignored",
            "succeeds without a buffer to write to",
            forgiving(INFO, Errno.EFAULT),
            "DEV-060"),
        mutant(
            "dirty-tracking-untold",
            "does not tell of dirty tracking",
            answering(INFO, "out_capabilities", told -> told & ~1),
            "DEV-062"),
        mutant(
            "missing-ats-untold",
            "does not tell that ATS is missing",
            answering(INFO, "out_capabilities", told -> told & ~8),
            "DEV-063"),
        mutant(
            "no-width-of-pasids",
            "tells of no PASIDs",
            answering(INFO, "out_max_pasid_log2", width -> 0),
            "DEV-064"),
        mutant(
            "other-type-of-mock",
            "answers another type for a mock device",
            answering(INFO, "out_data_type", type -> 1),
            "DEV-066"));
  }

  private static Result<Integer> bindFirst(OneCall call) {
    // the first mock device of a context is bound under one of the lowest ids
    Result<Integer> result = call.right();
    boolean second = result.isOk() && call.get("out_idev_id") > NEXT_MOCK_DEVICE;
    if (second) {
      call.also("IOMMU_DESTROY", Map.of("id", call.get("out_stdev_id")));
    }
    return second ? Result.err(Errno.EBUSY) : result;
  }

  private static Result<Integer> detachInstead(OneCall call) {
    Result<Long> detached = call.also(DETACH, Map.of("id", call.get("id"), "pasid", 0L), "id");
    return detached.isOk() ? Result.ok(0) : call.right();
  }

  private static Result<Integer> bindAndMove(OneCall call) {
    long ioas = call.get("id");
    Result<Integer> result = call.right();
    if (result.isOk()) {
      Result<Long> made =
          call.also(
              "IOMMU_HWPT_ALLOC",
              Map.of("dev_id", call.get("out_idev_id"), "pt_id", ioas),
              "out_hwpt_id");
      if (made.isOk()) {
        call.also(REPLACE, Map.of("id", call.get("out_stdev_id"), "pt_id", made.value()));
      }
    }
    return result;
  }

  private static Result<Integer> detachTwo(OneCall call) {
    Result<Integer> result = call.right();
    call.also(DETACH, Map.of("id", call.get("id") + NEXT_MOCK_DEVICE, "pasid", 0L));
    return result;
  }

  private static Result<Integer> reserveOnFailure(OneCall call) {
    Result<Integer> result = call.right();
    if (!result.isOk()) {
      for (long ioas = 1; ioas < 16; ioas++) {
        call.also(
            "IOMMU_TEST_OP_ADD_RESERVED", Map.of("id", ioas, "start", 1L << 25, "length", 4096L));
      }
    }
    return result;
  }

  private static boolean isOn(OneCall call, long pasid, long hwpt) {
    return call.also(CHECK, Map.of("id", call.get("id"), "pasid", pasid, "hwpt_id", hwpt), "id")
        .isOk();
  }

  private static boolean isInForce(OneCall call) {
    return isOn(call, 0, call.get("pt_id"));
  }

  private static boolean isPasidOfDetached(OneCall call) {
    return call.get("pasid") != 0 && isOn(call, 0, 0);
  }

  private static Result<Integer> detachOnFailure(OneCall call, long pasid) {
    Result<Integer> result = call.right();
    if (!result.isOk()) {
      call.also(DETACH, Map.of("id", call.get("id"), "pasid", pasid));
    }
    return result;
  }

  private static Result<Integer> moveTheDevice(OneCall call) {
    Result<Integer> result = call.right();
    if (result.isOk() && call.get("pasid") != 0) {
      call.also(REPLACE, Map.of("id", call.get("id"), "pt_id", call.get("pt_id")));
    }
    return result;
  }

  private static Result<Integer> tellWritten(OneCall call) {
    long room = call.get("data_len");
    Result<Integer> result = call.right();
    if (result.isOk()) {
      call.set("data_len", Math.min(room, call.get("data_len")));
    }
    return result;
  }
}
