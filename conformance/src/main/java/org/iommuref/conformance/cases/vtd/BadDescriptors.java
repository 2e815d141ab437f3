package org.iommuref.conformance.cases.vtd;

import static org.iommuref.conformance.cases.vtd.Descriptors.with;

import java.util.ArrayList;
import java.util.List;
import org.iommuref.conformance.cases.vtd.VtdFacts.Feature;

/** A type of descriptor with all that can be wrong with it. Manual 6.5.2. */
final class BadDescriptors {

  private static final int[][] ALL = {{63, 0}};
  private static final int TYPES = 16;
  private static final int INTERRUPTS = 4;
  private static final int DEVICE = 0x100;

  private final long[] sample;
  private final int[][] low;
  private final int[][] high;

  /**
   * A type.
   *
   * @param sample a descriptor that is right
   * @param low the runs of reserved bits of the first quadword, each by its highest and lowest bit
   * @param high those of the second
   */
  private BadDescriptors(long[] sample, int[][] low, int[][] high) {
    this.sample = sample;
    this.low = low;
    this.high = high;
  }

  /** The types that the unit has in every mode. */
  static List<BadDescriptors> ofEveryMode(VtdFacts facts) {
    List<BadDescriptors> types = new ArrayList<>();
    long[] contexts = Descriptors.context(Descriptors.GLOBAL, 0, 0, 0);
    types.add(new BadDescriptors(contexts, new int[][] {{8, 6}, {15, 12}, {63, 50}}, ALL));
    long[] translations = Descriptors.iotlb(Descriptors.GLOBAL, 0, 0, 0, false);
    types.add(
        new BadDescriptors(
            translations, new int[][] {{8, 8}, {15, 12}, {63, 32}}, new int[][] {{11, 7}}));
    types.add(
        new BadDescriptors(
            new long[] {5, 0}, new int[][] {{8, 8}, {31, 12}}, new int[][] {{1, 0}}));
    if (facts.has(Feature.IR)) {
      long[] interrupts = Descriptors.allInterruptEntries();
      types.add(new BadDescriptors(interrupts, new int[][] {{8, 5}, {26, 12}, {63, 48}}, ALL));
    }
    if (facts.has(Feature.DT)) {
      long[] device = Descriptors.deviceTlb(DEVICE, 0, false);
      types.add(
          new BadDescriptors(
              device, new int[][] {{8, 4}, {31, 21}, {51, 48}}, new int[][] {{11, 1}}));
    }
    return types;
  }

  /** The types that wide queues alone have. */
  static List<BadDescriptors> ofWideQueues(VtdFacts facts) {
    List<BadDescriptors> types = new ArrayList<>();
    int[][] low = {{8, 6}, {15, 12}, {63, 52}};
    long[] pages = Descriptors.pasidIotlb(VtdScene.DOMAIN, 1);
    types.add(new BadDescriptors(pages, low, new int[][] {{11, 7}}));
    types.add(new BadDescriptors(Descriptors.pasidCache(3, 0, 0), low, ALL));
    if (facts.has(Feature.DT)) {
      long[] device = Descriptors.pasidDeviceTlb(DEVICE, 1, 0, false);
      types.add(new BadDescriptors(device, new int[][] {}, new int[][] {{10, 1}}));
    }
    if (facts.has(Feature.PRS)) {
      long[] response = Descriptors.response(DEVICE, 1, 1, 0);
      types.add(
          new BadDescriptors(
              response, new int[][] {{8, 5}, {63, 52}}, new int[][] {{1, 0}, {63, 12}}));
    }
    return types;
  }

  /** With the ends of each run of reserved bits set. */
  List<long[]> reserved() {
    List<long[]> bad = new ArrayList<>();
    for (int[] run : low) {
      bad.add(with(sample, 1L << run[0], 0));
      bad.add(with(sample, 1L << run[1], 0));
    }
    for (int[] run : high) {
      bad.add(with(sample, 0, 1L << run[0]));
      bad.add(with(sample, 0, 1L << run[1]));
    }
    return bad;
  }

  /** With an end of each quadword of the upper half of a wide descriptor set. */
  List<long[]> upperHalf() {
    List<long[]> bad = new ArrayList<>();
    for (int bit : new int[] {0, 63, 64, 127}) {
      long[] wide = {sample[0], sample[1], 0, 0};
      wide[2 + bit / Long.SIZE] = 1L << bit;
      bad.add(wide);
    }
    return bad;
  }

  /** With a bit of the upper part of the type set, which no type has. */
  List<long[]> types() {
    List<long[]> bad = new ArrayList<>();
    for (int bit = 9; bit <= 11; bit++) {
      bad.add(with(sample, 1L << bit, 0));
    }
    return bad;
  }

  /**
   * A descriptor of each type that none of these is; but what type 4 is to a unit without interrupt
   * remapping, the manual leaves open.
   */
  static List<long[]> otherThan(List<BadDescriptors> types) {
    List<long[]> bad = new ArrayList<>();
    for (int type = 0; type < TYPES; type++) {
      long number = type;
      if (type != INTERRUPTS
          && types.stream().noneMatch(each -> (each.sample[0] & 0xf) == number)) {
        bad.add(new long[] {number, 0});
      }
    }
    return bad;
  }
}
