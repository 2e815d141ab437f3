package org.iommuref.hw.vtd.bench;

import java.util.Arrays;
import org.iommuref.hw.vtd.layout.ContextEntry;
import org.iommuref.hw.vtd.layout.PasidEntry;
import org.iommuref.spec.spi.TranslationKind;
import org.iommuref.spec.spi.TranslationWorkload;
import org.iommuref.spec.spi.TranslationWorkloads;
import org.iommuref.spec.step.Footprint;
import org.iommuref.spec.unit.Translator;

/**
 * Workloads of a VT-d unit with realistic caches: legacy mode for all without PASID and nesting,
 * scalable mode for those.
 *
 * <p>What shall miss goes from one region of the address space to the next, each with tables of its
 * own, over more of them than the caches have entries; what shall hit stays in {@value #HELD}
 * pages.
 */
public final class VtdWorkloads implements TranslationWorkloads {

  /** Pages in turn that the IOTLB holds all of. */
  static final int HELD = 32;

  private static final int REGIONS = 32;
  private static final int PAGE_SHIFT = 12;
  private static final int LEVEL_3_SHIFT = 30;
  private static final int LEVEL_4_SHIFT = 39;
  private static final long DATA = 1L << 36;
  private static final int PASID = 5;
  private static final int GUEST_DATA_GIB = 128;
  private static final long UNMAPPED = 1L << 38;

  /** Found by ServiceLoader. */
  public VtdWorkloads() {}

  @Override
  public String name() {
    return "vtd";
  }

  @Override
  public TranslationWorkload open(TranslationKind kind, int devices, Footprint footprint) {
    BenchUnit machine = new BenchUnit(isScalable(kind), footprint);
    return switch (kind) {
      case HIT -> held(machine, devices, Translator.NO_PASID, legacy(machine, devices, 3, false));
      case PASID_HIT -> held(machine, devices, PASID, firstStage(machine, devices));
      case THREE_LEVEL_MISS -> all(machine, devices, legacy(machine, devices, 3, true));
      case FOUR_LEVEL_MISS -> all(machine, devices, legacy(machine, devices, 4, true));
      case NESTED_MISS -> nested(machine, devices);
      case FAULT -> faults(machine, devices);
      case INVALIDATION -> invalidations(machine, devices);
    };
  }

  private static boolean isScalable(TranslationKind kind) {
    return kind == TranslationKind.PASID_HIT || kind == TranslationKind.NESTED_MISS;
  }

  /** The addresses of a device's pages, in the order in which they are asked for. */
  private static long[] addresses(int regions, int regionShift) {
    long[] addresses = new long[PAGES_OF_DEVICE];
    for (int i = 0; i < addresses.length; i++) {
      addresses[i] = (long) (i % regions) << regionShift | (long) (i / regions) << PAGE_SHIFT;
    }
    return addresses;
  }

  /** Several devices change so often that no pointer of theirs stays cached anyway. */
  private static int regions(int devices) {
    return Math.max(1, REGIONS / devices);
  }

  private static long page(int device, int index) {
    return DATA + (((long) device * PAGES_OF_DEVICE + index) << PAGE_SHIFT);
  }

  private static int tag(int device) {
    return device + 1;
  }

  /** Maps the pages of all devices; spread out or one behind the other. Returns their addresses. */
  private static long[] legacy(BenchUnit machine, int devices, int levels, boolean spread) {
    long[] addresses =
        addresses(spread ? regions(devices) : 1, levels == 3 ? LEVEL_3_SHIFT : LEVEL_4_SHIFT);
    int width = levels == 3 ? ContextEntry.AW_39 : ContextEntry.AW_48;
    for (int device = 0; device < devices; device++) {
      long top = machine.table();
      for (int i = 0; i < addresses.length; i++) {
        machine.mapSecond(top, levels, addresses[i], page(device, i));
      }
      machine.attach(
          device, ContextEntry.present(ContextEntry.TT_SECOND_STAGE, width, tag(device), top));
    }
    return addresses;
  }

  private static long[] firstStage(BenchUnit machine, int devices) {
    long[] addresses = addresses(1, LEVEL_4_SHIFT);
    for (int device = 0; device < devices; device++) {
      long top = machine.table();
      for (int i = 0; i < addresses.length; i++) {
        machine.mapFirst(top, addresses[i], page(device, i));
      }
      long[] entry = PasidEntry.present(PasidEntry.PGTT_FIRST_STAGE, tag(device));
      entry[2] |= top;
      machine.attach(device, PASID, entry);
    }
    return addresses;
  }

  private static TranslationWorkload nested(BenchUnit machine, int devices) {
    long[] addresses = addresses(regions(devices), LEVEL_4_SHIFT);
    long[] guestPages = addresses(REGIONS, LEVEL_3_SHIFT);
    for (int device = 0; device < devices; device++) {
      Guest guest = new Guest(machine);
      for (int i = 0; i < addresses.length; i++) {
        long guestPage = ((long) GUEST_DATA_GIB << LEVEL_3_SHIFT) + guestPages[i];
        guest.map(addresses[i], guestPage, page(device, i));
      }
      long[] entry = PasidEntry.present(PasidEntry.PGTT_NESTED, tag(device));
      PasidEntry.put(entry, PasidEntry.AW, ContextEntry.AW_39);
      entry[0] |= guest.second;
      entry[2] |= guest.first;
      machine.attach(device, PASID, entry);
    }
    return all(machine, devices, PASID, addresses);
  }

  private static TranslationWorkload all(BenchUnit machine, int devices, long[] addresses) {
    return all(machine, devices, Translator.NO_PASID, addresses);
  }

  /** Every page of every device, the devices in turn. */
  private static TranslationWorkload all(
      BenchUnit machine, int devices, int pasid, long[] addresses) {
    int[] rids = new int[devices * addresses.length];
    long[] asked = new long[rids.length];
    for (int i = 0; i < rids.length; i++) {
      rids[i] = i % devices;
      asked[i] = addresses[i / devices];
    }
    return new Requests(machine, rids, pasid, asked, rids.length);
  }

  /** So few pages that all are cached, of one device or each of another. */
  private static TranslationWorkload held(
      BenchUnit machine, int devices, int pasid, long[] addresses) {
    int[] rids = new int[HELD];
    long[] asked = new long[HELD];
    for (int i = 0; i < HELD; i++) {
      rids[i] = i * devices / HELD;
      asked[i] = addresses[i];
    }
    return new Requests(
        machine, rids, pasid, asked, (long) devices * TranslationWorkloads.PAGES_OF_DEVICE);
  }

  private static TranslationWorkload faults(BenchUnit machine, int devices) {
    legacy(machine, devices, 3, false);
    long[] unmapped = new long[HELD];
    Arrays.fill(unmapped, UNMAPPED);
    return new Faults(held(machine, devices, Translator.NO_PASID, unmapped), machine);
  }

  private static TranslationWorkload invalidations(BenchUnit machine, int devices) {
    long[] addresses = legacy(machine, devices, 3, false);
    int[] tags = new int[HELD];
    Arrays.setAll(tags, i -> tag(i * devices / HELD));
    return new Invalidations(
        held(machine, devices, Translator.NO_PASID, addresses), machine, tags, addresses);
  }
}
