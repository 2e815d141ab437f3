package org.iommuref.conformance.cases.iommufd;

import static org.iommuref.conformance.cases.iommufd.Program.FIXED;
import static org.iommuref.conformance.cases.iommufd.Program.FIXED_IOVA;
import static org.iommuref.conformance.cases.iommufd.Program.IOVA;
import static org.iommuref.conformance.cases.iommufd.Program.MEMORY;
import static org.iommuref.conformance.cases.iommufd.Program.PAGE;

import java.util.List;
import org.iommuref.conformance.suite.Case;
import org.iommuref.spec.clause.Clause;
import org.iommuref.spec.errno.Errno;

/** Where a mapping lies: the IOVA that is asked for, and the one that is chosen. */
final class IoasPlaceCases implements ProgramCaseSet {

  private static final long HUGE_PAGE = 1L << 21;
  private static final long TOO_LONG = Long.MAX_VALUE;

  @Override
  public List<Case> cases() {
    return List.of(
        length(),
        misaligned(),
        endOfSpace(),
        reserved(),
        inUse(),
        order(),
        zero(),
        notAllowed(),
        noChoice(),
        alignment(),
        alignmentOfFile(),
        inPageOffset(),
        tooFine(),
        lowest(),
        allowedStretches(),
        ends(),
        neverZero(),
        noGap(),
        alignedPastTheEnd(),
        gapOfOneByte(),
        orderOfChoice());
  }

  @Clause("IOAS-037")
  private static Case length() {
    return Program.of("IOAS-037", "a byte more than a page at an alignment of a page")
        .memory(2)
        .ioas("fine")
        .map("fine", IOVA, MEMORY, 2 * PAGE)
        .ioas("a")
        .withoutLargePages("a")
        .then()
        .mapping("a", IOVA, MEMORY, PAGE + 1)
        .fails(Errno.EINVAL)
        .placing("a", MEMORY, PAGE + 1)
        .fails(Errno.EINVAL)
        .copying("fine", IOVA, "a", IOVA, PAGE + 1)
        .fails(Errno.EINVAL)
        .map("fine", 2 * IOVA, MEMORY, PAGE + 1)
        .end();
  }

  @Clause("IOAS-038")
  private static Case misaligned() {
    return Program.of("IOAS-038", "half a page at an alignment of a page and of one byte")
        .memory(1)
        .ioas("fine")
        .ioas("a")
        .withoutLargePages("a")
        .then()
        .mapping("a", IOVA + PAGE / 2, MEMORY, PAGE)
        .fails(Errno.EINVAL)
        .map("fine", IOVA + PAGE / 2, MEMORY, PAGE)
        .end();
  }

  @Clause("IOAS-039")
  private static Case endOfSpace() {
    return Program.of("IOAS-039", "a range that passes the end by a page, and one that ends there")
        .memory(2)
        .ioas("a")
        .then()
        .mapping("a", -PAGE, MEMORY, 2 * PAGE)
        .fails(Errno.EOVERFLOW)
        .map("a", -PAGE, MEMORY, PAGE)
        .end();
  }

  @Clause("IOAS-040")
  private static Case reserved() {
    return Program.of("IOAS-040", "ranges that meet a reserved page at its end, its start, nowhere")
        .memory(2)
        .ioas("a")
        .reserve("a", IOVA, PAGE)
        .then()
        .mapping("a", IOVA - PAGE, MEMORY, PAGE + 1)
        .fails(Errno.EINVAL)
        .mapping("a", IOVA + PAGE - 1, MEMORY, PAGE)
        .fails(Errno.EINVAL)
        .map("a", IOVA - PAGE, MEMORY, PAGE)
        .map("a", IOVA + PAGE, MEMORY, PAGE)
        .end();
  }

  @Clause("IOAS-041")
  private static Case inUse() {
    return Program.of("IOAS-041", "ranges that meet a mapping at its end, its start, nowhere")
        .memory(2)
        .ioas("a")
        .map("a", IOVA, 1)
        .then()
        .mapping("a", IOVA - PAGE, MEMORY, PAGE + 1)
        .fails(Errno.EEXIST)
        .mapping("a", IOVA + PAGE - 1, MEMORY, PAGE)
        .fails(Errno.EEXIST)
        .map("a", IOVA - PAGE, MEMORY, PAGE)
        .map("a", IOVA + PAGE, MEMORY, PAGE)
        .end();
  }

  @Clause("IOAS-042")
  private static Case order() {
    return Program.of("IOAS-042", "ranges that are wrong in two ways each")
        .memory(3)
        .ioas("a")
        .withoutLargePages("a")
        .reserve("a", IOVA, PAGE)
        .reserve("a", -PAGE, PAGE)
        .map("a", IOVA + PAGE, 1)
        .ioas("reserved")
        .reserve("reserved", 1, -1)
        .then()
        .mapping("reserved", -PAGE, MEMORY, 2 * PAGE)
        .fails(Errno.EOVERFLOW)
        .mapping("a", -PAGE, MEMORY, PAGE + 1)
        .fails(Errno.EINVAL)
        .mapping("a", -PAGE / 2, MEMORY, PAGE)
        .fails(Errno.EINVAL)
        .mapping("a", -PAGE, MEMORY, 2 * PAGE)
        .fails(Errno.EOVERFLOW)
        .mapping("a", IOVA, MEMORY, 2 * PAGE)
        .fails(Errno.EINVAL)
        .mapping("a", IOVA + PAGE, MEMORY, PAGE)
        .fails(Errno.EEXIST)
        .end();
  }

  @Clause("IOAS-043")
  private static Case zero() {
    return Program.of("IOAS-043", "a page at 0")
        .memory(1)
        .ioas("a")
        .then()
        .mapping("a", 0, MEMORY, PAGE)
        .gives("iova", 0)
        .succeeds()
        .unmap("a", 0, PAGE)
        .end();
  }

  @Clause("IOAS-044")
  private static Case notAllowed() {
    return Program.of("IOAS-044", "below, above and across the border of what is allowed")
        .memory(2)
        .ioas("a")
        .allowing("a", IOVA, IOVA + PAGE - 1)
        .succeeds()
        .then()
        .map("a", IOVA - PAGE, 1)
        .map("a", IOVA, 2)
        .map("a", 2 * IOVA, 1)
        .end();
  }

  @Clause("IOAS-045")
  private static Case noChoice() {
    return Program.of("IOAS-045", "a length of 2^63-1, also for a copy")
        .ioas("a")
        .map("a", 0, 0, TOO_LONG)
        .ioas("b")
        .then()
        .placing("b", 0, TOO_LONG)
        .fails(Errno.EOVERFLOW)
        .copying("a", 0, "b", 0, TOO_LONG)
        .set("flags", FIXED & ~FIXED_IOVA)
        .fails(Errno.EOVERFLOW)
        .end();
  }

  @Clause("IOAS-046")
  private static Case alignment() {
    return Program.of("IOAS-046", "bound by the length, by the memory, and by a huge page")
        .ioas("a")
        .then()
        .placing("a", MEMORY, 3 * PAGE)
        .gives("iova", 4 * PAGE)
        .succeeds()
        .placing("a", MEMORY + PAGE, 2 * PAGE)
        .gives("iova", PAGE)
        .succeeds()
        .placing("a", 0, 8 * PAGE)
        .gives("iova", 8 * PAGE)
        .succeeds()
        .placing("a", MEMORY, 3 * HUGE_PAGE)
        .gives("iova", HUGE_PAGE)
        .succeeds()
        .end();
  }

  @Clause("IOAS-046")
  private static Case alignmentOfFile() {
    return Program.of("IOAS-046", "bound by the offset in a file, which can be zero")
        .file("f", 16 * PAGE)
        .ioas("a")
        .then()
        .mappingFile("a", 0, "f", 2 * PAGE, 4 * PAGE)
        .set("flags", FIXED & ~FIXED_IOVA)
        .gives("iova", 2 * PAGE)
        .succeeds()
        .mappingFile("a", 0, "f", 0, 4 * PAGE)
        .set("flags", FIXED & ~FIXED_IOVA)
        .gives("iova", 8 * PAGE)
        .succeeds()
        .end();
  }

  @Clause("IOAS-047")
  private static Case inPageOffset() {
    return Program.of("IOAS-047", "memory that begins inside a page")
        .ioas("a")
        .then()
        .placing("a", MEMORY + 0x123, 1)
        .gives("iova", PAGE + 0x123)
        .succeeds()
        .placing("a", MEMORY + PAGE / 2, PAGE / 2)
        .gives("iova", PAGE + PAGE / 2)
        .succeeds()
        .end();
  }

  @Clause("IOAS-048")
  private static Case tooFine() {
    return Program.of("IOAS-048", "memory at half a page, at an alignment of a page")
        .ioas("a")
        .withoutLargePages("a")
        .then()
        .placing("a", MEMORY + PAGE / 2, PAGE)
        .fails(Errno.EINVAL)
        .placing("a", MEMORY + PAGE, PAGE)
        .succeeds()
        .allowing("a", IOVA, IOVA + PAGE - 1)
        .succeeds()
        .placing("a", MEMORY + PAGE / 2, 2 * PAGE)
        .fails(Errno.EINVAL)
        .end();
  }

  @Clause("IOAS-049")
  private static Case lowest() {
    return Program.of("IOAS-049", "gaps of one, of two and of three pages")
        .ioas("a")
        .map("a", 2 * PAGE, MEMORY, PAGE)
        .reserve("a", 5 * PAGE, PAGE)
        .map("a", 9 * PAGE, MEMORY, PAGE)
        .then()
        .placing("a", MEMORY + PAGE, 3 * PAGE)
        .gives("iova", 6 * PAGE)
        .succeeds()
        .placing("a", MEMORY + PAGE, 2 * PAGE)
        .gives("iova", 3 * PAGE)
        .succeeds()
        .placing("a", MEMORY, PAGE)
        .gives("iova", PAGE)
        .succeeds()
        .placing("a", MEMORY, 2 * PAGE)
        .gives("iova", 10 * PAGE)
        .succeeds()
        .end();
  }

  @Clause("IOAS-050")
  private static Case allowedStretches() {
    return Program.of(
            "IOAS-050", "two allowed ranges that touch, with a page reserved and one used")
        .ioas("a")
        .allowing("a", IOVA, IOVA + PAGE - 1, IOVA + PAGE, IOVA + 4 * PAGE - 1)
        .succeeds()
        .map("a", IOVA + 3 * PAGE, MEMORY, PAGE)
        .then()
        .placing("a", MEMORY + PAGE, 3 * PAGE)
        .gives("iova", IOVA)
        .succeeds()
        .placing("a", MEMORY, PAGE)
        .fails(Errno.ENOSPC)
        .allowing("a", 3 * IOVA, 4 * IOVA, 2 * IOVA, 2 * IOVA + PAGE - 1)
        .succeeds()
        .reserve("a", 5 * IOVA, PAGE)
        .placing("a", MEMORY + PAGE, 2 * PAGE)
        .gives("iova", 3 * IOVA)
        .succeeds()
        .end();
  }

  @Clause("IOAS-050")
  private static Case ends() {
    return Program.of("IOAS-050", "allowed ranges that reach the ends of the space")
        .ioas("a")
        .then()
        .allowing("a", 0, 2 * PAGE - 1)
        .succeeds()
        .placing("a", MEMORY, PAGE)
        .gives("iova", PAGE)
        .succeeds()
        .allowing("a", -2 * PAGE, -1)
        .succeeds()
        .placing("a", MEMORY, PAGE)
        .gives("iova", -2 * PAGE)
        .succeeds()
        .placing("a", MEMORY, PAGE)
        .fails(Errno.ENOSPC)
        .end();
  }

  @Clause("IOAS-051")
  private static Case neverZero() {
    return Program.of(
            "IOAS-051", "where nothing is in use, and where only the first page is allowed")
        .ioas("a")
        .then()
        .placing("a", MEMORY, 1)
        .gives("iova", PAGE)
        .succeeds()
        .allowing("a", 0, PAGE - 1)
        .succeeds()
        .placing("a", MEMORY, 1)
        .fails(Errno.ENOSPC)
        .end();
  }

  @Clause("IOAS-052")
  private static Case noGap() {
    return Program.of("IOAS-052", "a page more than is allowed")
        .ioas("a")
        .allowing("a", IOVA, IOVA + 2 * PAGE - 1)
        .succeeds()
        .then()
        .placing("a", MEMORY, 3 * PAGE)
        .fails(Errno.ENOSPC)
        .placing("a", MEMORY, 2 * PAGE)
        .gives("iova", IOVA)
        .succeeds()
        .end();
  }

  @Clause("IOAS-052")
  private static Case alignedPastTheEnd() {
    return Program.of("IOAS-052", "a gap above which the next multiple is zero")
        .ioas("a")
        .allowing("a", -3 * PAGE, -PAGE - 1)
        .succeeds()
        .then()
        .placing("a", MEMORY, 3 * PAGE)
        .fails(Errno.ENOSPC)
        .end();
  }

  @Clause("IOAS-053")
  private static Case gapOfOneByte() {
    return Program.of("IOAS-053", "one byte between a mapping and the end of what is allowed")
        .ioas("a")
        .allowing("a", IOVA, IOVA + 2)
        .succeeds()
        .map("a", IOVA, MEMORY, 2)
        .then()
        .placing("a", MEMORY, 1)
        .fails(Errno.ENOSPC)
        .end();
  }

  @Clause("IOAS-054")
  private static Case orderOfChoice() {
    return Program.of("IOAS-054", "calls that are wrong in two ways each")
        .ioas("a")
        .withoutLargePages("a")
        .allowing("a", IOVA, IOVA + PAGE - 1)
        .succeeds()
        .then()
        .placing("a", 0, TOO_LONG)
        .fails(Errno.EINVAL)
        .placing("a", PAGE / 2, Long.MIN_VALUE)
        .fails(Errno.EOVERFLOW)
        .placing("a", PAGE / 2, 2 * PAGE)
        .fails(Errno.EINVAL)
        .placing("a", PAGE, 2 * PAGE)
        .fails(Errno.ENOSPC)
        .end();
  }
}
