package org.iommuref.model.iommufd.pagetable;

import java.util.List;

/**
 * Addresses by the number of an area, counted from the lowest, for callers that choose at random.
 * Linux: iommufd_test_syz_conv_iova.
 */
public final class AreaNumber {

  /** The flag that says so: MOCK_FLAGS_ACCESS_SYZ. */
  public static final int FLAG = 1 << 16;

  private static final long NUMBER = 0xffff_ffffL;

  private AreaNumber() {}

  /**
   * The IOVA that a value stands for. MOCK-029.
   *
   * @param value a number in its lower half, an offset in its upper half
   * @return 0 if there is no such area
   */
  public static long iova(IoPagetable iopt, long value) {
    iopt.iovaRwsem().downRead();
    List<Area> areas = iopt.allAreas();
    iopt.iovaRwsem().upRead();
    long number = value & NUMBER;
    return number < areas.size() ? areas.get((int) number).iova() + (value >>> Integer.SIZE) : 0;
  }
}
