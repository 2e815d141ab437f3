package org.iommuref.conformance.cases.iommufd;

import static org.iommuref.conformance.cases.iommufd.Program.IOVA;
import static org.iommuref.conformance.cases.iommufd.Program.MEMORY;
import static org.iommuref.conformance.cases.iommufd.Program.PAGE;

import java.util.List;
import org.iommuref.conformance.suite.Case;
import org.iommuref.spec.clause.Capability;
import org.iommuref.spec.clause.Clause;
import org.iommuref.spec.errno.Errno;

/** Page tables on page tables. */
final class HwptNestedCases implements ProgramCaseSet {

  private static final int NEST_PARENT = 1;
  private static final int DIRTY_TRACKING = 2;
  private static final int FAULT_ID_VALID = 4;
  private static final int SELFTEST = 0xdead;
  private static final int OTHER_TYPE = 0xbeef;
  private static final long VIOMMU_SELFTEST = 0xdead_beefL;

  @Override
  public List<Case> cases() {
    return List.of(
        ofEachSource(),
        ofVirtualUnit(),
        nestedAsSource(),
        unknownFlag(),
        unknownFlagOfVirtualUnit(),
        withoutData(),
        withoutDataOfVirtualUnit(),
        withoutNesting(),
        noParent(),
        order(),
        changesNothing());
  }

  private static Program onParent(String clause, String name) {
    return Program.of(clause, name).ioas("a").device("d", "a").parent("p", "d", "a");
  }

  private static Program onVirtualUnit(String clause, String name) {
    return onParent(clause, name)
        .needs(Capability.VIOMMU, Capability.MOCK)
        .ioctl("IOMMU_VIOMMU_ALLOC")
        .set("type", VIOMMU_SELFTEST)
        .id("dev_id", "d")
        .id("hwpt_id", "p")
        .names("out_viommu_id", "v")
        .succeeds();
  }

  @Clause("HWPT-005")
  private static Case ofEachSource() {
    return Program.of("HWPT-005", "a paging table of an IOAS, a nested one of a paging one")
        .memory(1)
        .ioas("a")
        .device("d", "a")
        .map("a", IOVA, 1)
        .then()
        .parent("p", "d", "a")
        .mapsTo("p", IOVA, MEMORY, PAGE)
        .nested("n", "d", "p")
        .ioctl("IOMMU_TEST_OP_MD_CHECK_IOTLB")
        .id("id", "n")
        .set("iotlb", 0x1d01)
        .succeeds()
        .end();
  }

  @Clause("HWPT-005")
  private static Case ofVirtualUnit() {
    return onVirtualUnit("HWPT-005", "a nested table of a VIOMMU")
        .then()
        .nested("n", "d", "v")
        .ioctl("IOMMU_TEST_OP_MD_CHECK_IOTLB")
        .id("id", "n")
        .set("iotlb", 0x1d01)
        .succeeds()
        .end();
  }

  @Clause("HWPT-006")
  private static Case nestedAsSource() {
    return onParent("HWPT-006", "a nested table carries no other")
        .nested("n", "d", "p")
        .then()
        .allocating("d", "n")
        .data(SELFTEST, 8)
        .fails(Errno.EINVAL)
        .end();
  }

  @Clause("HWPT-016")
  private static Case unknownFlag() {
    return onParent("HWPT-016", "flags of paging tables")
        .then()
        .allocating("d", "p")
        .set("flags", DIRTY_TRACKING)
        .data(SELFTEST, 8)
        .fails(Errno.EOPNOTSUPP)
        .allocating("d", "p")
        .set("flags", NEST_PARENT)
        .data(SELFTEST, 8)
        .fails(Errno.EOPNOTSUPP)
        .end();
  }

  @Clause("HWPT-016")
  private static Case unknownFlagOfVirtualUnit() {
    return onVirtualUnit("HWPT-016", "a flag of paging tables on a VIOMMU")
        .then()
        .allocating("d", "v")
        .set("flags", NEST_PARENT)
        .data(SELFTEST, 8)
        .fails(Errno.EOPNOTSUPP)
        .end();
  }

  @Clause("HWPT-017")
  private static Case withoutData() {
    return onParent("HWPT-017", "neither a type nor a length")
        .then()
        .allocating("d", "p")
        .fails(Errno.EOPNOTSUPP)
        .end();
  }

  @Clause("HWPT-017")
  private static Case withoutDataOfVirtualUnit() {
    return onVirtualUnit("HWPT-017", "neither a type nor a length on a VIOMMU")
        .then()
        .allocating("d", "v")
        .fails(Errno.EOPNOTSUPP)
        .end();
  }

  @Clause("HWPT-018")
  private static Case withoutNesting() {
    return Program.of("HWPT-018", "a table on a table where the hardware walks one stage")
        .lacks(Capability.NESTING)
        .ioas("a")
        .device("d", "a")
        .then()
        .allocating("d", "d.hwpt")
        .data(SELFTEST, 8)
        .fails(Errno.EOPNOTSUPP)
        .end();
  }

  @Clause("HWPT-019")
  private static Case noParent() {
    return Program.of("HWPT-019", "a table of an attach, and one without the flag")
        .needs(Capability.MOCK)
        .ioas("a")
        .device("d", "a")
        .hwpt("plain", "d", "a")
        .then()
        .allocating("d", "d.hwpt")
        .data(SELFTEST, 8)
        .fails(Errno.EINVAL)
        .allocating("d", "plain")
        .data(SELFTEST, 8)
        .fails(Errno.EINVAL)
        .end();
  }

  @Clause("HWPT-022")
  private static Case order() {
    return onParent("HWPT-022", "calls that are wrong in two ways each")
        .needs(Capability.MOCK)
        .then()
        .allocating("d", "d.hwpt")
        .set("flags", NEST_PARENT)
        .data(SELFTEST, 8)
        .fails(Errno.EOPNOTSUPP)
        .allocating("d", "d.hwpt")
        .fails(Errno.EOPNOTSUPP)
        .allocating("d", "d.hwpt")
        .data(OTHER_TYPE, 8)
        .fails(Errno.EINVAL)
        .allocating("d", "p")
        .set("flags", FAULT_ID_VALID)
        .data(OTHER_TYPE, 8)
        .fails(Errno.EOPNOTSUPP)
        .end();
  }

  @Clause("HWPT-025")
  private static Case changesNothing() {
    return Program.of("HWPT-025", "the ranges and the mappings of the parent's IOAS stay")
        .needs(Capability.MOCK)
        .memory(1)
        .ioas("a")
        .device("d", "a")
        .parent("p", "d", "a")
        .map("a", IOVA, 1)
        .ranges("a", 1L << 24, (1L << 31) - 1)
        .then()
        .nested("n", "d", "p")
        .ranges("a", 1L << 24, (1L << 31) - 1)
        .mapsTo("p", IOVA, MEMORY, PAGE)
        .end();
  }
}
