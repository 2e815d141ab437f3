package org.iommuref.conformance.cases.iommufd;

import static org.iommuref.conformance.cases.iommufd.Program.ANSWER;
import static org.iommuref.conformance.cases.iommufd.Program.DATA;
import static org.iommuref.conformance.cases.iommufd.Program.FIXED;
import static org.iommuref.conformance.cases.iommufd.Program.READABLE;
import static org.iommuref.conformance.cases.iommufd.Program.WRITEABLE;

import org.iommuref.spec.errno.Errno;

/** The calls of a {@link Program} that are about IOASs. */
interface IoasCalls {

  /** An ioctl on the file with which the program begins. */
  Ioctl ioctl(String command);

  /** Puts numbers of 8 bytes one behind the other. */
  Program put64(long address, long... numbers);

  /** An IOAS_MAP without an IOVA whose end is still to be said. */
  default Ioctl placing(String ioas, long address, long length) {
    return ioctl("IOMMU_IOAS_MAP")
        .set("flags", WRITEABLE | READABLE)
        .id("ioas_id", ioas)
        .set("user_va", address)
        .set("length", length);
  }

  /** An IOAS_MAP_FILE at an IOVA for reading and writing whose end is still to be said. */
  default Ioctl mappingFile(String ioas, long iova, String file, long start, long length) {
    return ioctl("IOMMU_IOAS_MAP_FILE")
        .set("flags", FIXED)
        .id("ioas_id", ioas)
        .id("fd", file)
        .set("start", start)
        .set("length", length)
        .set("iova", iova);
  }

  /** An IOAS_COPY to an IOVA for reading and writing whose end is still to be said. */
  default Ioctl copying(String source, long from, String destination, long to, long length) {
    return ioctl("IOMMU_IOAS_COPY")
        .set("flags", FIXED)
        .id("src_ioas_id", source)
        .set("src_iova", from)
        .id("dst_ioas_id", destination)
        .set("dst_iova", to)
        .set("length", length);
  }

  /** An IOAS_IOVA_RANGES into {@code ANSWER} whose end is still to be said. */
  default Ioctl telling(String ioas, int count) {
    return ioctl("IOMMU_IOAS_IOVA_RANGES")
        .id("ioas_id", ioas)
        .set("num_iovas", count)
        .set("allowed_iovas", ANSWER);
  }

  /** An IOAS_ALLOW_IOVAS from {@code DATA} whose end is still to be said. */
  default Ioctl allowing(String ioas, long... startsAndLasts) {
    return put64(DATA, startsAndLasts)
        .ioctl("IOMMU_IOAS_ALLOW_IOVAS")
        .id("ioas_id", ioas)
        .set("num_iovas", startsAndLasts.length / 2)
        .set("allowed_iovas", DATA);
  }

  /** Reserves a range of an IOAS. */
  default Program reserve(String ioas, long start, long length) {
    return ioctl("IOMMU_TEST_OP_ADD_RESERVED")
        .id("id", ioas)
        .set("start", start)
        .set("length", length)
        .succeeds();
  }

  /** Turns large pages of an IOAS off. */
  default Program withoutLargePages(String ioas) {
    return ioctl("IOMMU_OPTION").set("option_id", 1).id("object_id", ioas).succeeds();
  }

  /** An ACCESS_RW to or from {@code DATA} whose end is still to be said; flag 1 writes. */
  default Ioctl moving(String access, long iova, long length, int flags) {
    return ioctl("IOMMU_TEST_OP_ACCESS_RW")
        .id("id", access)
        .set("iova", iova)
        .set("length", length)
        .set("uptr", DATA)
        .set("flags", flags);
  }

  /** The page table must not map memory at an IOVA to that memory of the process. */
  default Program lacksMapping(String hwpt, long iova, long address, long length) {
    return ioctl("IOMMU_TEST_OP_MD_CHECK_MAP")
        .id("id", hwpt)
        .set("iova", iova)
        .set("length", length)
        .set("uptr", address)
        .fails(Errno.EINVAL);
  }
}
