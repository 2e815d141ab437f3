package org.iommuref.conformance.cases.iommufd;

import static org.iommuref.conformance.cases.iommufd.Program.ANSWER;
import static org.iommuref.conformance.cases.iommufd.Program.NOWHERE;

import java.util.List;
import org.iommuref.conformance.suite.Case;
import org.iommuref.spec.clause.Capability;
import org.iommuref.spec.clause.Clause;
import org.iommuref.spec.errno.Errno;

/** What GET_HW_INFO takes and tells. */
final class HwInfoCases implements ProgramCaseSet {

  private static final int INPUT_TYPE = 1;
  private static final long SELFTEST = 0xfeed_beefL;
  private static final long OTHER_TYPE = 0x7fff_fff0L;
  private static final long DIRTY_TRACKING = 1;
  private static final long PCI_ATS_NOT_SUPPORTED = 8;
  private static final String MARKS = "ff".repeat(16);
  private static final String INFO = "00000000efbeadde";

  @Override
  public List<Case> cases() {
    return List.of(
        unknownFlag(),
        reservedBytes(),
        noDevice(),
        typeNotAskedFor(),
        typeOfNoDriver(),
        nothingToTell(),
        cut(),
        restIsZero(),
        length(),
        unwritable(),
        order(),
        dirtyTracking(),
        ats(),
        pasids(),
        mockDevice());
  }

  private static Program asked(String clause, String name) {
    return Program.of(clause, name).ioas("a").device("d", "a").put(ANSWER, MARKS);
  }

  private static Ioctl asking(Program program, String device) {
    return program.ioctl("IOMMU_GET_HW_INFO").id("dev_id", device);
  }

  @Clause("DEV-051")
  private static Case unknownFlag() {
    return Program.of("DEV-051", "flags that Linux 7.2 does not know")
        .then()
        .ioctl("IOMMU_GET_HW_INFO")
        .set("flags", 2)
        .fails(Errno.EOPNOTSUPP)
        .ioctl("IOMMU_GET_HW_INFO")
        .set("flags", 0x8000_0000L)
        .fails(Errno.EOPNOTSUPP)
        .end();
  }

  @Clause("DEV-052")
  private static Case reservedBytes() {
    return Program.of("DEV-052", "each of the three")
        .then()
        .ioctl("IOMMU_GET_HW_INFO")
        .set("__reserved_0", 1)
        .fails(Errno.EOPNOTSUPP)
        .ioctl("IOMMU_GET_HW_INFO")
        .set("__reserved_1", 1)
        .fails(Errno.EOPNOTSUPP)
        .ioctl("IOMMU_GET_HW_INFO")
        .set("__reserved_2", 1)
        .fails(Errno.EOPNOTSUPP)
        .end();
  }

  @Clause("DEV-053")
  private static Case noDevice() {
    return Program.of("DEV-053", "an id without an object, and that of an IOAS")
        .ioas("a")
        .then()
        .ioctl("IOMMU_GET_HW_INFO")
        .set("dev_id", 0x7fff_0000)
        .fails(Errno.ENOENT)
        .with(program -> asking(program, "a").fails(Errno.ENOENT))
        .end();
  }

  @Clause("DEV-054")
  private static Case typeNotAskedFor() {
    return asked("DEV-054", "a type that no driver offers, without the flag")
        .then()
        .with(program -> asking(program, "d").set("in_data_type", OTHER_TYPE).succeeds())
        .end();
  }

  @Clause("DEV-055")
  private static Case typeOfNoDriver() {
    return asked("DEV-055", "a type that no driver offers")
        .needs(Capability.MOCK)
        .then()
        .with(
            program ->
                asking(program, "d")
                    .set("flags", INPUT_TYPE)
                    .set("in_data_type", OTHER_TYPE)
                    .fails(Errno.EOPNOTSUPP))
        .end();
  }

  @Clause("DEV-056")
  private static Case nothingToTell() {
    return asked("DEV-056", "a driver without nested tables, for a type that no driver offers")
        .lacks(Capability.NESTING)
        .then()
        .with(
            program ->
                asking(program, "d")
                    .set("flags", INPUT_TYPE)
                    .set("in_data_type", OTHER_TYPE)
                    .set("data_len", 8)
                    .set("data_uptr", ANSWER)
                    .gives("out_data_type", 0)
                    .gives("data_len", 0)
                    .succeeds())
        .holds(ANSWER, "00".repeat(8) + "ff".repeat(8))
        .end();
  }

  @Clause("DEV-057")
  private static Case cut() {
    return asked("DEV-057", "a buffer of four bytes")
        .needs(Capability.MOCK)
        .then()
        .with(
            program -> asking(program, "d").set("data_len", 4).set("data_uptr", ANSWER).succeeds())
        .holds(ANSWER, INFO.substring(0, 8) + "ff".repeat(12))
        .end();
  }

  @Clause("DEV-058")
  private static Case restIsZero() {
    return asked("DEV-058", "a buffer of twelve bytes")
        .needs(Capability.MOCK)
        .then()
        .with(
            program -> asking(program, "d").set("data_len", 12).set("data_uptr", ANSWER).succeeds())
        .holds(ANSWER, INFO + "00".repeat(4) + "ff".repeat(4))
        .end();
  }

  @Clause("DEV-059")
  private static Case length() {
    return asked("DEV-059", "without a buffer, and with one that is too short")
        .needs(Capability.MOCK)
        .then()
        .with(program -> asking(program, "d").gives("data_len", 8).succeeds())
        .with(
            program ->
                asking(program, "d")
                    .set("data_len", 4)
                    .set("data_uptr", ANSWER)
                    .gives("data_len", 8)
                    .succeeds())
        .end();
  }

  @Clause("DEV-060")
  private static Case unwritable() {
    return asked("DEV-060", "a null pointer, and an address at which nothing is mapped")
        .then()
        .with(program -> asking(program, "d").set("data_len", 8).fails(Errno.EFAULT))
        .with(
            program ->
                asking(program, "d")
                    .set("data_len", 8)
                    .set("data_uptr", NOWHERE)
                    .fails(Errno.EFAULT))
        .end();
  }

  @Clause("DEV-061")
  private static Case order() {
    return asked("DEV-061", "calls that are wrong in two ways each")
        .needs(Capability.MOCK)
        .then()
        .ioctl("IOMMU_GET_HW_INFO")
        .set("flags", 2)
        .fails(Errno.EOPNOTSUPP)
        .ioctl("IOMMU_GET_HW_INFO")
        .set("__reserved_0", 1)
        .fails(Errno.EOPNOTSUPP)
        .ioctl("IOMMU_GET_HW_INFO")
        .set("flags", INPUT_TYPE)
        .set("in_data_type", OTHER_TYPE)
        .fails(Errno.ENOENT)
        .with(
            program ->
                asking(program, "d")
                    .set("flags", INPUT_TYPE)
                    .set("in_data_type", OTHER_TYPE)
                    .set("data_len", 8)
                    .fails(Errno.EOPNOTSUPP))
        .end();
  }

  @Clause("DEV-062")
  private static Case dirtyTracking() {
    return asked("DEV-062", "a device with the capability and one without")
        .needs(Capability.MOCK)
        .plainDevice("e", "a")
        .then()
        .with(
            program ->
                asking(program, "d")
                    .gives("out_capabilities", DIRTY_TRACKING | PCI_ATS_NOT_SUPPORTED)
                    .succeeds())
        .with(
            program ->
                asking(program, "e").gives("out_capabilities", PCI_ATS_NOT_SUPPORTED).succeeds())
        .end();
  }

  @Clause("DEV-063")
  private static Case ats() {
    return asked("DEV-063", "a device that is not of PCI")
        .needs(Capability.MOCK)
        .plainDevice("e", "a")
        .then()
        .with(
            program ->
                asking(program, "e").gives("out_capabilities", PCI_ATS_NOT_SUPPORTED).succeeds())
        .end();
  }

  @Clause("DEV-064")
  private static Case pasids() {
    return asked("DEV-064", "a device with PASIDs of 20 bits and one without")
        .needs(Capability.MOCK)
        .pasidDevice("e", "a")
        .then()
        .with(program -> asking(program, "d").gives("out_max_pasid_log2", 0).succeeds())
        .with(program -> asking(program, "e").gives("out_max_pasid_log2", 20).succeeds())
        .end();
  }

  @Clause("DEV-066")
  private static Case mockDevice() {
    return asked("DEV-066", "by default and by its type")
        .then()
        .with(
            program ->
                asking(program, "d")
                    .set("data_len", 8)
                    .set("data_uptr", ANSWER)
                    .gives("out_data_type", SELFTEST)
                    .gives("data_len", 8)
                    .gives("out_max_pasid_log2", 0)
                    .gives("out_capabilities", DIRTY_TRACKING | PCI_ATS_NOT_SUPPORTED)
                    .succeeds())
        .holds(ANSWER, INFO)
        .with(
            program ->
                asking(program, "d")
                    .set("flags", INPUT_TYPE)
                    .set("in_data_type", SELFTEST)
                    .gives("out_data_type", SELFTEST)
                    .succeeds())
        .end();
  }
}
