package org.iommuref.conformance.compare;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;

/** What a program knows of the objects that its calls have made, and how it picks among them. */
final class Known {

  private static final int ONE_IN = 12;
  private static final int HIGHEST = 12;

  private final Random random;
  private final Map<Kind, List<Integer>> ids = new EnumMap<>(Kind.class);
  private final List<Area> areas = new ArrayList<>();
  private final List<Pin> pins = new ArrayList<>();

  /** A kind of object, or of descriptor. */
  enum Kind {
    IOAS,
    HWPT,
    NESTED,
    STDEV,
    DEVICE,
    ACCESS,
    FAULT,
    VIOMMU,
    VDEVICE,
    VEVENTQ,
    HW_QUEUE,
    FILE,
    EVENT_FILE,
    DMABUF
  }

  /** A range that is mapped. */
  record Area(int ioas, long iova, long length, long user) {}

  /** Pages that an access has pinned. */
  record Pin(int access, int id) {}

  /** Nothing yet. */
  Known(Random random) {
    this.random = random;
  }

  /** The source of every choice. */
  Random random() {
    return random;
  }

  /** An object was made. */
  void add(Kind kind, int id) {
    Objects.requireNonNull(ids.computeIfAbsent(kind, k -> new ArrayList<>())).add(id);
  }

  /** An object is gone, whatever its kind. */
  void remove(int id) {
    ids.forEach(
        (kind, list) -> {
          if (kind != Kind.FILE && kind != Kind.EVENT_FILE && kind != Kind.DMABUF) {
            list.remove((Integer) id);
          }
        });
  }

  /** Whether there is one. */
  boolean has(Kind kind) {
    return !ids.getOrDefault(kind, List.of()).isEmpty();
  }

  /** An object of a kind; now and then another number, which may name none or a wrong one. */
  int pick(Kind kind) {
    List<Integer> list = ids.getOrDefault(kind, List.of());
    return list.isEmpty() || random.nextInt(ONE_IN) == 0
        ? random.nextInt(HIGHEST)
        : list.get(random.nextInt(list.size()));
  }

  /** An object of a kind, of which there is one. */
  int one(Kind kind) {
    List<Integer> list = ids.getOrDefault(kind, List.of());
    return list.get(random.nextInt(list.size()));
  }

  /** An object of one of some kinds. */
  int pick(Kind... kinds) {
    List<Kind> there = new ArrayList<>();
    for (Kind kind : kinds) {
      if (has(kind)) {
        there.add(kind);
      }
    }
    return there.isEmpty()
        ? random.nextInt(HIGHEST)
        : pick(there.get(random.nextInt(there.size())));
  }

  /** One of some values. */
  int oneOf(int... values) {
    return values[random.nextInt(values.length)];
  }

  /** One of some values. */
  long oneOfLong(long... values) {
    return values[random.nextInt(values.length)];
  }

  /** True once in so many times. */
  boolean rarely(int times) {
    return random.nextInt(times) == 0;
  }

  /** Areas in the order of their making. */
  List<Area> areas() {
    return areas;
  }

  /** Pins in the order of their making. */
  List<Pin> pins() {
    return pins;
  }
}
