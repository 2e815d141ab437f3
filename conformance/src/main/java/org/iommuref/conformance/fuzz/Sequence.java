package org.iommuref.conformance.fuzz;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.iommuref.conformance.fuzz.Known.Kind;
import org.iommuref.conformance.fuzz.Trial.Outcome;
import org.iommuref.conformance.program.StructureBytes;
import org.iommuref.spec.iommufd.Node;
import org.jspecify.annotations.Nullable;

/** A program that is drawn from a seed, call by call, while it runs. */
final class Sequence {

  private static final int FEWEST = 200;
  private static final int MOST = 600;
  private static final int DATA_BYTES = 64;
  private static final int RESPONSE = 8;
  private static final int RECORD = 40;

  private final Setting setting;
  private final Node node;
  private final Trial trial;
  private final Draw draw;
  private final Nonsense nonsense;
  private final List<Shape> shapes;
  private final boolean failsAllocations;
  private final boolean lastFirst;
  private final Tally tally;
  private final int[] totals;
  private final List<Act> acts = new ArrayList<>();
  private @Nullable String wrong;

  /** The program of a seed; what it does is counted. */
  Sequence(Setting setting, long seed, Tally tally) {
    SplittableRandom random = new SplittableRandom(seed);
    this.setting = setting;
    this.node = random.nextInt(8) == 0 ? Node.VFIO : Node.IOMMU;
    this.trial = new Trial(setting, node);
    this.draw = new Draw(random, trial.known());
    this.nonsense = new Nonsense(draw);
    this.shapes = node == Node.VFIO ? Shape.VFIO : Shape.IOMMUFD;
    this.totals = new int[shapes.size()];
    this.failsAllocations = draw.rarely(4);
    this.lastFirst = draw.rarely(2);
    this.tally = tally;
  }

  /** Runs it to its end; what it has found, or null. */
  @Nullable Finding run() {
    int length = FEWEST + draw.below(MOST - FEWEST);
    for (int index = 0; index < length && wrong == null; index++) {
      next();
    }
    if (wrong == null) {
      wrong = trial.finish(lastFirst);
    }
    return wrong == null ? null : new Finding(setting, node, acts, lastFirst, wrong);
  }

  private void next() {
    switch (draw.below(32)) {
      case 0 -> aside(onFile());
      case 1 -> aside(draw.rarely(3) ? closing() : onFile());
      case 2 -> aside(new Act.Remap(draw.below(28), 1 + draw.below(4), !draw.rarely(40)));
      case 3, 4, 5, 6, 7, 8 -> ioctl(nonsense.of(sensible()), true);
      default -> ioctl(failing(sensible()), false);
    }
  }

  private void ioctl(Act.Ioctl call, boolean arbitrary) {
    Outcome outcome = perform(call);
    tally.add(call.name(), arbitrary, call.failNth() != 0, outcome.result() >= 0);
  }

  private void aside(@Nullable Act act) {
    if (act != null) {
      var ignored = perform(act);
    }
  }

  private Outcome perform(Act act) {
    acts.add(act);
    Outcome outcome = trial.perform(act);
    wrong = outcome.wrong();
    return outcome;
  }

  private Act.Ioctl sensible() {
    Shape shape = shape();
    boolean byValue = shape.command() >= 0x64 && shape.command() <= 0x66;
    long argument = byValue ? draw.oneOf(1, 1, 3, 4, 7, 9) : Layout.STRUCTURE;
    return new Act.Ioctl(
        shape.name(),
        World.CONTEXT,
        shape.number(),
        argument,
        shape.filled().apply(draw),
        draw.rarely(8) ? data() : null,
        0);
  }

  private Act.Ioctl failing(Act.Ioctl call) {
    return failsAllocations && draw.rarely(4) ? call.failing(1 + draw.below(20)) : call;
  }

  private Shape shape() {
    Known known = trial.known();
    int total = 0;
    for (int index = 0; index < shapes.size(); index++) {
      Shape shape = shapes.get(index);
      total += shape.sensible().test(known) ? shape.weight() : 0;
      totals[index] = total;
    }
    int drawn = draw.below(total);
    for (int index = 0; index < totals.length; index++) {
      if (drawn < totals[index]) {
        return shapes.get(index);
      }
    }
    throw new IllegalStateException("no command is drawn of " + total);
  }

  /** What structures point to: ranges to allow, data of drivers, entries to invalidate. */
  private StructureBytes data() {
    StructureBytes data = StructureBytes.plain(DATA_BYTES);
    if (draw.rarely(6)) {
      long first = Layout.APERTURE + (long) draw.below(Layout.IOVA_PAGES) * Layout.PAGE;
      return data.set64(0, first).set64(8, first + (1L << 20) - 1);
    }
    for (int at = 0; at < DATA_BYTES; at += 4) {
      data.set32(at, draw.rarely(8) ? draw.below(4) : draw.below(2));
    }
    return data;
  }

  private @Nullable Act onFile() {
    Known known = trial.known();
    if (known.mmapOffset() != 0 && draw.rarely(4)) {
      return new Act.Mmap(
          World.CONTEXT, known.mmapOffset(), (long) draw.oneOf(1, 2, 2, 3) * Layout.PAGE);
    }
    int fd =
        known.has(Kind.EVENT_FD) && !draw.rarely(8)
            ? draw.oneOf(known.all(Kind.EVENT_FD))
            : draw.below(16);
    return switch (draw.below(4)) {
      case 0 -> new Act.Poll(fd);
      case 1 -> {
        StructureBytes response =
            StructureBytes.plain(2 * RESPONSE).set32(0, draw.below(4)).set32(4, draw.below(2));
        yield new Act.Write(fd, response, draw.oneOf(RESPONSE, RESPONSE, 2 * RESPONSE, 3));
      }
      default ->
          new Act.Read(
              fd,
              draw.rarely(16) ? 0 : Layout.ANSWER,
              draw.oneOf(RECORD, RECORD, 64, 2 * RECORD, 20, 0));
    };
  }

  private @Nullable Act closing() {
    Known known = trial.known();
    Kind kind = draw.oneOf(List.of(Kind.ACCESS_FD, Kind.EVENT_FD, Kind.DMABUF_FD));
    return known.has(kind) ? new Act.Close(draw.oneOf(known.all(kind))) : null;
  }
}
