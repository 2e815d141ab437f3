package org.iommuref.model.iommufd.pagetable;

import static org.iommuref.spec.errno.Errno.EEXIST;
import static org.iommuref.spec.errno.Errno.EINVAL;
import static org.iommuref.spec.errno.Errno.EOVERFLOW;
import static org.iommuref.spec.errno.Errno.EPERM;

import org.iommuref.model.check.Checks;
import org.iommuref.model.iommufd.kernel.CheckList;
import org.iommuref.spec.backend.Prot;
import org.iommuref.spec.iommufd.Processes;

/**
 * A slice of pages and the IOVA where it is to lie, as the checks see it.
 *
 * @param iova where
 * @param length in bytes, not 0
 * @param startByte of the slice behind the beginning of its pages
 * @param prot the rights asked for
 * @param writable whether the pages can be written
 */
public record Placement(
    IoPagetable table, long iova, long length, long startByte, Prot prot, boolean writable) {

  /** What is asked of the length before any IOVA is looked for. Linux: iopt_alloc_area_pages. */
  public static final CheckList<Placement> LENGTH =
      new CheckList<>(
              "iopt_alloc_area_pages",
              Checks.<Placement>inOrder()
                  .when(
                      "IOAS-037", "the length is not aligned", p -> p.isUnaligned(p.length), EINVAL)
                  .when("IOAS-031", "there is no length", p -> p.length == 0, EINVAL))
          .orderedBy("IOAS-032");

  /** What is asked of an IOVA that the caller chose. Linux: iopt_check_iova. */
  public static final CheckList<Placement> FIXED =
      new CheckList<>(
              "iopt_check_iova",
              Checks.<Placement>inOrder()
                  .when("IOAS-038", "the IOVA is not aligned", p -> p.isUnaligned(p.iova), EINVAL)
                  .when("IOAS-039", "the range wraps", Placement::wraps, EOVERFLOW)
                  .when("IOAS-040", "the range is reserved", Placement::isReserved, EINVAL)
                  .when("IOAS-041", "something is mapped there", Placement::isMapped, EEXIST))
          .orderedBy("IOAS-042");

  /** What is asked of the pages of an area. Linux: iopt_insert_area. */
  public static final CheckList<Placement> AREA =
      new CheckList<>(
              "iopt_insert_area",
              Checks.<Placement>inOrder()
                  .when("IOAS-099", "the pages cannot be written", Placement::isNotWritable, EPERM)
                  .when(
                      "IOAS-033",
                      "the offset in the page is not aligned",
                      p -> p.isUnaligned(p.startByte & (Processes.PAGE_SIZE - 1)),
                      EINVAL))
          .orderedBy("IOAS-100");

  private long last() {
    return iova + length - 1;
  }

  private boolean isUnaligned(long value) {
    return (value & (table.iovaAlignment() - 1)) != 0;
  }

  private boolean wraps() {
    return Long.compareUnsigned(last(), iova) < 0;
  }

  private boolean isReserved() {
    return table.isReserved(iova, last());
  }

  private boolean isMapped() {
    return table.areas().first(iova, last()) != null;
  }

  private boolean isNotWritable() {
    return prot.write() && !writable;
  }
}
