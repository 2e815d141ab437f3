package org.iommuref.conformance.cases.iommufd;

import static org.iommuref.conformance.cases.iommufd.Program.DATA;

import java.util.List;
import org.iommuref.conformance.suite.Case;
import org.iommuref.spec.clause.Capability;
import org.iommuref.spec.clause.Clause;
import org.iommuref.spec.errno.Errno;

/** The page tables of the mock driver. */
final class HwptMockCases implements ProgramCaseSet {

  private static final int SELFTEST = 0xdead;
  private static final int OTHER_TYPE = 0xbeef;
  private static final int WORD = 0x1d01;

  @Override
  public List<Case> cases() {
    return List.of(
        otherType(), kindOfTable(), lengthOfData(), wordOfIotlb(), defaultTable(), hugeTable());
  }

  private static Program parent(String clause, String name) {
    return Program.of(clause, name)
        .needs(Capability.MOCK)
        .ioas("a")
        .device("d", "a")
        .parent("p", "d", "a");
  }

  @Clause("HWPT-036")
  private static Case otherType() {
    return parent("HWPT-036", "another type for a paging and for a nested table")
        .put32(DATA, WORD, 0)
        .then()
        .allocating("d", "a")
        .data(OTHER_TYPE, 8)
        .fails(Errno.EOPNOTSUPP)
        .allocating("d", "p")
        .data(OTHER_TYPE, 8)
        .fails(Errno.EOPNOTSUPP)
        .allocating("d", "p")
        .data(OTHER_TYPE, 3)
        .fails(Errno.EOPNOTSUPP)
        .end();
  }

  @Clause("HWPT-037")
  private static Case kindOfTable() {
    return parent("HWPT-037", "the default, huge pages, and a kind that is none")
        .then()
        .put32(DATA, 0, 0)
        .allocating("d", "a")
        .data(SELFTEST, 8)
        .succeeds()
        .put32(DATA, 0, 1)
        .allocating("d", "a")
        .data(SELFTEST, 8)
        .succeeds()
        .put32(DATA, 0, 2)
        .allocating("d", "a")
        .data(SELFTEST, 8)
        .fails(Errno.EOPNOTSUPP)
        .end();
  }

  @Clause("HWPT-037")
  private static Case lengthOfData() {
    return parent("HWPT-037", "four bytes do, three and twelve do not")
        .put32(DATA, WORD, 0, 1)
        .then()
        .allocating("d", "p")
        .data(SELFTEST, 4)
        .succeeds()
        .allocating("d", "p")
        .data(SELFTEST, 3)
        .fails(Errno.EINVAL)
        .allocating("d", "p")
        .data(SELFTEST, 12)
        .fails(Errno.EINVAL)
        .end();
  }

  @Clause("HWPT-037")
  private static Case wordOfIotlb() {
    return parent("HWPT-037", "the first word fills the false IOTLB")
        .then()
        .nested("n", "d", "p")
        .ioctl("IOMMU_TEST_OP_MD_CHECK_IOTLB")
        .id("id", "n")
        .set("check_id", 3)
        .set("iotlb", WORD)
        .succeeds()
        .end();
  }

  @Clause("HWPT-038")
  private static Case defaultTable() {
    return Program.of("HWPT-038", "the aperture and the alignment")
        .needs(Capability.MOCK)
        .ioas("a")
        .device("d", "a")
        .then()
        .ranges("a", 1L << 24, (1L << 31) - 1)
        .ioctl("IOMMU_IOAS_IOVA_RANGES")
        .id("ioas_id", "a")
        .set("num_iovas", 8)
        .set("allowed_iovas", Program.ANSWER)
        .gives("out_iova_alignment", 2048)
        .succeeds()
        .end();
  }

  @Clause("HWPT-039")
  private static Case hugeTable() {
    return Program.of("HWPT-039", "the aperture and the alignment")
        .needs(Capability.MOCK)
        .ioas("a")
        .device("d", "a")
        .ioas("b")
        .put32(DATA, 0, 1)
        .then()
        .allocating("d", "b")
        .data(SELFTEST, 8)
        .succeeds()
        .ranges("b", 0, (1L << 38) - 1)
        .ioctl("IOMMU_IOAS_IOVA_RANGES")
        .id("ioas_id", "b")
        .set("num_iovas", 8)
        .set("allowed_iovas", Program.ANSWER)
        .gives("out_iova_alignment", 4096)
        .succeeds()
        .end();
  }
}
