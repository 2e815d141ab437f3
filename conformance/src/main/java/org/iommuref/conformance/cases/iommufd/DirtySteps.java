package org.iommuref.conformance.cases.iommufd;

import static org.iommuref.conformance.cases.iommufd.Program.IOVA;
import static org.iommuref.conformance.cases.iommufd.Program.MEMORY;
import static org.iommuref.conformance.cases.iommufd.Program.PAGE;

import java.util.function.UnaryOperator;

/** Steps of programs that track which pages devices write, for {@link Program#with}. */
final class DirtySteps {

  /** Of HWPT_ALLOC. */
  static final long DIRTY_TRACKING = 2;

  /** Of HWPT_SET_DIRTY_TRACKING. */
  static final long ENABLE = 1;

  /** Of HWPT_GET_DIRTY_BITMAP. */
  static final long NO_CLEAR = 1;

  private DirtySteps() {}

  /** A page table of a device over an IOAS that can be tracked. */
  static UnaryOperator<Program> trackable(String hwpt, String device, String ioas) {
    return p ->
        p.ioctl("IOMMU_HWPT_ALLOC")
            .set("flags", DIRTY_TRACKING)
            .id("dev_id", device)
            .id("pt_id", ioas)
            .names("out_hwpt_id", hwpt)
            .succeeds();
  }

  /** Maps pages one by one from {@link Program#IOVA} on, so that each is an entry of its own. */
  static UnaryOperator<Program> mapPages(String ioas, int pages) {
    return p -> {
      for (int page = 0; page < pages; page++) {
        p.map(ioas, IOVA + page * PAGE, MEMORY + page * PAGE, PAGE);
      }
      return p;
    };
  }

  /** A HWPT_SET_DIRTY_TRACKING whose end is still to be said. */
  static Ioctl tracking(Program p, String hwpt, long flags) {
    return p.ioctl("IOMMU_HWPT_SET_DIRTY_TRACKING").id("hwpt_id", hwpt).set("flags", flags);
  }

  /** Tracks from now on, or no more. */
  static UnaryOperator<Program> track(String hwpt, boolean enable) {
    return p -> tracking(p, hwpt, enable ? ENABLE : 0).succeeds();
  }

  /** A device writes the pages from {@link Program#IOVA} on whose bits are set. */
  static UnaryOperator<Program> written(String hwpt, int pages, int bits) {
    return p ->
        p.put32(Program.DATA, bits)
            .ioctl("IOMMU_TEST_OP_DIRTY")
            .id("id", hwpt)
            .set("iova", IOVA)
            .set("length", pages * PAGE)
            .set("page_size", PAGE)
            .set("uptr", Program.DATA)
            .gives("out_nr_dirty", Integer.bitCount(bits))
            .succeeds();
  }

  /** A HWPT_GET_DIRTY_BITMAP whose end is still to be said. */
  static Ioctl asking(Program p, String hwpt, long iova, long length, long data) {
    return p.ioctl("IOMMU_HWPT_GET_DIRTY_BITMAP")
        .id("hwpt_id", hwpt)
        .set("iova", iova)
        .set("length", length)
        .set("page_size", PAGE)
        .set("data", data);
  }

  /** The pages from {@link Program#IOVA} on that are dirty are these; they are clean then. */
  static UnaryOperator<Program> dirty(String hwpt, int pages, int bits) {
    return dirty(hwpt, pages, 0, bits);
  }

  /** The same with flags. */
  static UnaryOperator<Program> dirty(String hwpt, int pages, long flags, int bits) {
    return p ->
        asking(p.put32(Program.ANSWER, 0), hwpt, IOVA, pages * PAGE, Program.ANSWER)
            .set("flags", flags)
            .succeeds()
            .holds(Program.ANSWER, "%08x".formatted(Integer.reverseBytes(bits)));
  }
}
