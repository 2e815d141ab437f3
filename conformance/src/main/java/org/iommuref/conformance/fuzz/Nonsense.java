package org.iommuref.conformance.fuzz;

import java.util.List;
import org.iommuref.conformance.program.StructureBytes;

/** Arbitrary calls: other bytes, sizes, commands, pointers and descriptors than make sense. */
final class Nonsense {

  private static final int MOST_BYTES = 96;
  private static final int FIRST_COMMAND = 0x80;
  private static final int COMMANDS = 0x24;
  private static final List<Long> POINTERS =
      List.of(
          0L,
          1L,
          -1L,
          -8L,
          Layout.STRUCTURE - 4,
          Layout.STRUCTURE_END,
          Layout.READ_ONLY,
          Long.MIN_VALUE,
          1L << 47);
  private static final long[] EXTREMES = {
    0,
    1,
    -1,
    0x7f,
    0x80,
    0xfff,
    0x1000,
    0x7fff_ffffL,
    0x8000_0000L,
    0xffff_ffffL,
    Long.MAX_VALUE,
    Long.MIN_VALUE,
    -4096,
    Layout.APERTURE,
    Layout.MEMORY
  };

  private final Draw draw;

  Nonsense(Draw draw) {
    this.draw = draw;
  }

  /** A call that is drawn from nothing, or a sensible one with something wrong about it. */
  Act.Ioctl of(Act.Ioctl sensible) {
    return switch (draw.below(8)) {
      case 0 -> random("arbitrary bytes", sensible.fd(), command());
      case 1 -> random("arbitrary command", sensible.fd(), draw.random().nextInt());
      case 2 -> with(sensible, "arbitrary pointer", draw.oneOf(POINTERS), sensible.structure());
      case 3 -> atTheEnd(sensible);
      case 4 -> with(sensible, "arbitrary size", sensible.argument(), resized(sensible));
      case 5 -> onAnotherFile(sensible);
      default -> with(sensible, "changed bytes", sensible.argument(), changed(sensible));
    };
  }

  private int command() {
    return Lessons.TYPE | FIRST_COMMAND + draw.below(COMMANDS);
  }

  private Act.Ioctl random(String name, int fd, int command) {
    byte[] bytes = new byte[4 * (1 + draw.below(MOST_BYTES / 4))];
    draw.random().nextBytes(bytes);
    StructureBytes structure = StructureBytes.of(bytes);
    if (!draw.rarely(4)) {
      structure.set32(0, draw.rarely(2) ? bytes.length : 8 * (1 + draw.below(10)));
    }
    for (int at = 4; at < bytes.length && !draw.rarely(4); at += 4) {
      structure.set32(at, (int) draw.oneOfLong(EXTREMES));
    }
    return new Act.Ioctl(name, fd, command, Layout.STRUCTURE, structure, null, 0);
  }

  /** The structure ends where memory ends, or reaches beyond. */
  private Act.Ioctl atTheEnd(Act.Ioctl call) {
    int size = call.structure().size();
    long start = Layout.STRUCTURE_END - size + (draw.rarely(2) ? draw.below(size) : 0);
    return with(call, "structure at the end of memory", start, call.structure());
  }

  private Act.Ioctl onAnotherFile(Act.Ioctl call) {
    int fd = draw.oneOf(0, World.OTHER_CONTEXT, World.MEMFD, World.OTHER_FILE, draw.below(24), -1);
    return new Act.Ioctl(
        call.name() + ", on another file",
        fd,
        call.command(),
        call.argument(),
        call.structure(),
        call.data(),
        0);
  }

  private StructureBytes resized(Act.Ioctl call) {
    int size = Math.max(4, call.structure().size() + draw.oneOf(-8, -4, -1, 1, 4, 8, 40));
    StructureBytes resized = call.structure().resized(size, (byte) draw.oneOf(0, 0, 1));
    return draw.rarely(4) ? resized.set32(0, (int) draw.oneOfLong(EXTREMES)) : resized;
  }

  private StructureBytes changed(Act.Ioctl call) {
    StructureBytes changed = StructureBytes.of(call.structure().toBytes());
    int fields = changed.size() / 4;
    for (int left = draw.oneOf(1, 1, 2, 4); left > 0; left--) {
      int field = 4 * draw.below(fields);
      if (field % 8 == 0 && field + 8 <= changed.size() && draw.rarely(2)) {
        changed.set64(field, draw.rarely(2) ? draw.random().nextLong() : extreme());
      } else {
        changed.set32(field, draw.rarely(2) ? draw.below(32) : (int) extreme());
      }
    }
    return changed;
  }

  private long extreme() {
    return draw.oneOfLong(EXTREMES);
  }

  private static Act.Ioctl with(
      Act.Ioctl call, String wrong, long argument, StructureBytes structure) {
    return new Act.Ioctl(
        call.name() + ", " + wrong, call.fd(), call.command(), argument, structure, call.data(), 0);
  }
}
