package org.iommuref.conformance.fuzz;

import java.util.List;
import java.util.stream.Stream;
import org.iommuref.conformance.fuzz.Known.Kind;
import org.iommuref.conformance.program.StructureBytes;
import org.iommuref.model.iommufd.Holdings;
import org.iommuref.model.iommufd.IommufdModel;
import org.iommuref.spec.iommufd.Node;
import org.jspecify.annotations.Nullable;

/**
 * One program on a fresh model, judged after every call.
 *
 * <p>A device of the test interface that ends while a PASID of it is attached is a warning of Linux
 * too; so what is attached under PASIDs is detached first. OBJ-013.
 */
final class Trial {

  /** After so many calls the counts are made anew. */
  private static final int AUDIT_EVERY = 256;

  private static final int ENOENT = -2;
  private static final int UNMAP = Lessons.TYPE | Lessons.UNMAP;
  private static final int VFIO_UNMAP = Lessons.TYPE | 0x72;
  private static final int DESTROY = Lessons.TYPE | Lessons.DESTROY;
  private static final int TEST_CMD = Lessons.TYPE | Lessons.TEST_CMD;
  private static final int VIOMMU_ALLOC = Lessons.TYPE | 0x90;
  private static final int TEST_SIZE = 72;
  private static final int OP_ACCESS_REPLACE_IOAS = 11;

  private final World world;
  private final Known known = new Known();
  private final Lessons lessons = new Lessons(known);
  private Holdings held;
  private long pins;
  private int calls;

  Trial(Setting setting, Node node) {
    world = new World(setting, node);
    held = world.iommufd().holdings();
  }

  Known known() {
    return known;
  }

  /**
   * What came of something that was done.
   *
   * @param result as a program sees it
   * @param wrong what rule was broken, or null
   */
  record Outcome(int result, @Nullable String wrong) {}

  /** Does something and judges what came of it. */
  Outcome perform(Act act) {
    try {
      if (act instanceof Act.Ioctl ioctl && ioctl.command() == DESTROY) {
        detachPasids(ioctl.structure().size() < 8 ? 0 : ioctl.structure().get32(4));
      }
      int result = world.perform(act);
      if (result >= 0) {
        learn(act, result);
      } else if (result == ENOENT && act instanceof Act.Ioctl call) {
        lessons.missed(call.command(), world.answer(call.argument()));
      }
      return new Outcome(result, judge(act, result));
    } catch (RuntimeException e) {
      return new Outcome(0, inWords(e));
    }
  }

  /**
   * Closes everything, the descriptors opened last first or last; returns what is left, or null.
   */
  @Nullable String finish(boolean lastFirst) {
    try {
      known.withPasids().forEach(this::detachPasids);
      String wrong = firstOf(world.iommufd().audit());
      List<Integer> open = world.descriptors();
      for (int index = 0; index < open.size() && wrong == null; index++) {
        world.perform(new Act.Close(open.get(lastFirst ? open.size() - 1 - index : index)));
        wrong = firstOf(world.iommufd().audit());
      }
      return wrong == null ? leftOver() : wrong;
    } catch (RuntimeException e) {
      return "at the end: " + inWords(e);
    }
  }

  private @Nullable String leftOver() {
    IommufdModel iommufd = world.iommufd();
    if (!iommufd.holdings().equals(Holdings.NONE)) {
      return "left behind at the end: " + iommufd.holdings();
    }
    if (world.pins() != 0) {
      return "PIN-005: " + world.pins() + " pins are left behind at the end";
    }
    if (iommufd.domains() != 0) {
      return iommufd.domains() + " domains are left behind at the end";
    }
    return firstOf(iommufd.warnings().all());
  }

  private @Nullable String judge(Act act, int result) {
    IommufdModel iommufd = world.iommufd();
    if (!iommufd.warnings().isEmpty()) {
      return "warning: " + firstOf(iommufd.warnings().all());
    }
    Holdings now = iommufd.holdings();
    long pinsNow = world.pins();
    boolean kept = now.equals(held) && pinsNow == pins;
    boolean within = now.isWithin(held) && pinsNow <= pins;
    if (result < 0 && !kept && !(within && mayLoseSome(act))) {
      return "a call that failed with %d changes %s, %d pins to %s, %d pins"
          .formatted(-result, held, pins, now, pinsNow);
    }
    held = now;
    pins = pinsNow;
    calls++;
    return calls % AUDIT_EVERY == 0 ? firstOf(iommufd.audit()) : null;
  }

  /** What goes on up to its failure: it may take mappings and pins away, and never add any. */
  private static boolean mayLoseSome(Act act) {
    if (!(act instanceof Act.Ioctl call)) {
      return false;
    }
    return call.command() == UNMAP
        || call.command() == VFIO_UNMAP
        || (call.command() == TEST_CMD
            && call.structure().size() >= 8
            && call.structure().get32(4) == OP_ACCESS_REPLACE_IOAS);
  }

  private void learn(Act act, int result) {
    if (act instanceof Act.Ioctl call && call.fd() == World.CONTEXT) {
      StructureBytes answer = world.answer(call.argument());
      lessons.take(call.command(), result, answer);
      if (call.command() == VIOMMU_ALLOC && answer.get32(24) != 0) {
        known.offers(world.answered(8));
      }
    } else if (act instanceof Act.Close close) {
      known.closed(close.fd());
    }
  }

  private void detachPasids(int stdev) {
    for (int pasid : List.copyOf(known.pasids(stdev))) {
      StructureBytes detach =
          StructureBytes.sized(TEST_SIZE)
              .set32(4, Lessons.OP_PASID_DETACH)
              .set32(8, stdev)
              .set32(16, pasid);
      var ignored =
          world.perform(
              new Act.Ioctl(
                  "IOMMU_TEST_OP_PASID_DETACH",
                  World.CONTEXT,
                  TEST_CMD,
                  Layout.STRUCTURE,
                  detach,
                  null,
                  0));
      known.detached(stdev, pasid);
    }
    if (known.has(Kind.STDEV)) {
      held = world.iommufd().holdings();
      pins = world.pins();
    }
  }

  private static @Nullable String firstOf(List<String> complaints) {
    return complaints.isEmpty() ? null : complaints.get(0);
  }

  private static String inWords(RuntimeException e) {
    String where =
        Stream.of(e.getStackTrace())
            .limit(1)
            .map(frame -> " at " + frame.getClassName() + "." + frame.getMethodName())
            .findFirst()
            .orElse("");
    return "exception: " + e + where;
  }
}
