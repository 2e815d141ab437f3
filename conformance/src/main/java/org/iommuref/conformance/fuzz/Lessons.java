package org.iommuref.conformance.fuzz;

import org.iommuref.conformance.fuzz.Known.Area;
import org.iommuref.conformance.fuzz.Known.Kind;
import org.iommuref.conformance.fuzz.Known.Pin;
import org.iommuref.conformance.program.StructureBytes;

/** What a program learns from a call that succeeded, however the call was drawn. */
final class Lessons {

  /** The commands, by the number behind the type; layouts as in include/uapi/linux/iommufd.h. */
  static final int DESTROY = 0x80;

  static final int UNMAP = 0x86;
  static final int TEST_CMD = 0xa0;
  static final int TYPE = ';' << 8;
  static final int OP_PASID_DETACH = 20;

  private static final int OP_DESTROY_ACCESS_PAGES = 6;
  private static final int SELFTEST_HWPT = 0xdead;
  private static final int NEST_PARENT = 1;
  private static final int VFIO_IOAS_SET = 1;
  private static final int VFIO_IOAS_CLEAR = 2;

  private final Known known;

  Lessons(Known known) {
    this.known = known;
  }

  /**
   * Takes a structure as the call has left it.
   *
   * @param command the whole number
   * @param result what the call returned
   */
  void take(int command, int result, StructureBytes s) {
    switch (command & ~TYPE) {
      case DESTROY -> known.forget(s.get32(4));
      case 0x88 -> compatible(s.get32(8) & 0xffff);
      case 0x81 -> known.made(Kind.IOAS, s.get32(8));
      case 0x83 -> {
        long user = known.userBehind(s.get32(12), s.get64(32));
        known.mapped(new Area(s.get32(8), s.get64(24), s.get64(16), user));
      }
      case 0x85 -> known.mapped(new Area(s.get32(8), s.get64(32), s.get64(24), s.get64(16)));
      case UNMAP -> known.unmapped(s.get32(4), s.get64(8), s.get64(8) == 0 ? -1L : s.get64(16));
      case 0x89 -> table(s);
      case 0x8e -> made(Kind.FAULT, s.get32(8), s.get32(12));
      case 0x8f -> known.mapped(new Area(s.get32(8), s.get64(32), s.get64(24), 0));
      case 0x90 -> {
        known.made(Kind.VIOMMU, s.get32(20));
        known.isOn(s.get32(20), known.spaceOf(s.get32(16)));
      }
      case 0x91 -> known.made(Kind.VDEVICE, s.get32(12));
      case 0x93 -> made(Kind.VEVENTQ, s.get32(20), s.get32(24));
      case 0x94 -> known.made(Kind.HW_QUEUE, s.get32(20));
      case TEST_CMD -> test(result, s);
      default -> {} // nothing to learn
    }
  }

  /** Takes a structure of a call that was answered ENOENT: what it named is gone. */
  void missed(int command, StructureBytes s) {
    if ((command & ~TYPE) == UNMAP) {
      known.unmapped(s.get32(4), s.get64(8), 1);
    } else if ((command & ~TYPE) == TEST_CMD && s.get32(4) == OP_DESTROY_ACCESS_PAGES) {
      known.pins().remove(new Pin(s.get32(8), s.get32(16)));
    }
  }

  private void made(Kind kind, int id, int fd) {
    known.made(kind, id);
    known.made(Kind.EVENT_FD, fd);
  }

  private void compatible(int op) {
    if (op == VFIO_IOAS_SET || op == VFIO_IOAS_CLEAR) {
      known.compatible(op == VFIO_IOAS_SET);
    }
  }

  private void table(StructureBytes s) {
    int id = s.get32(16);
    int flags = s.get32(4);
    if (s.get32(24) == SELFTEST_HWPT) {
      known.made(Kind.NESTED, id);
      return;
    }
    known.made((flags & NEST_PARENT) != 0 ? Kind.PARENT : Kind.HWPT, id);
    known.isOn(id, s.get32(12));
    known.hasFlags(id, flags);
  }

  /** A device is made and attached to the page table, or to one of the IOAS, that was named. */
  private void device(StructureBytes s, int flags) {
    int table = s.get32(20);
    known.made(Kind.STDEV, s.get32(16));
    known.made(Kind.DEVICE, s.get32(24));
    known.standsFor(s.get32(16), s.get32(24));
    known.hasFlags(s.get32(16), flags);
    attached(s.get32(16), s.get32(8), table);
  }

  /** A device went to a page table; if an IOAS was named, it may be a new one. */
  private void attached(int stdev, int named, int table) {
    if (named != table && !known.all(Kind.HWPT).contains(table)) {
      known.made(Kind.HWPT, table);
      known.isOn(table, named);
      known.isAutomatic(table);
    }
    known.isIn(stdev, table);
  }

  private void test(int result, StructureBytes s) {
    switch (s.get32(4)) {
      case 2 -> device(s, 0);
      case 12 -> device(s, s.get32(28));
      case 5 -> {
        known.made(Kind.ACCESS_FD, s.get32(16));
        known.isOn(-s.get32(16), s.get32(8));
      }
      case OP_DESTROY_ACCESS_PAGES -> known.pins().remove(new Pin(s.get32(8), s.get32(16)));
      case 7 -> known.pins().add(new Pin(s.get32(8), s.get32(20)));
      case 10 -> known.isIn(s.get32(8), s.get32(16));
      case 11 -> known.isOn(-s.get32(8), s.get32(16));
      case 18 -> known.attached(s.get32(8), s.get32(16));
      case OP_PASID_DETACH -> known.detached(s.get32(8), s.get32(16));
      case 22 -> known.made(Kind.DMABUF_FD, result);
      default -> {} // nothing to learn
    }
  }
}
