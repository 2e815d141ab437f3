package org.iommuref.conformance.compare;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * What a process knows of the objects of a context and of its own files, and how it picks among
 * them.
 */
final class Known {

  private static final int ONE_IN = 25;
  private static final int HIGHEST = 12;

  private final Random random;
  private final ContextObjects objects;
  private final Actor actor;

  /** A kind of object, or of descriptor. */
  enum Kind {
    IOAS,
    HWPT,
    NEST_PARENT,
    TRACKING,
    OF_PASIDS,
    NESTED,
    OF_VIOMMU,
    REPORTING,
    TAKING_PASIDS,
    STDEV,
    DEVICE,
    ACCESS,
    PINNING_ACCESS,
    FAULT,
    VIOMMU,
    VDEVICE,
    VEVENTQ,
    HW_QUEUE,
    FILE,
    EVENT_FILE,
    DMABUF;

    /** Whether it is a descriptor of a process, not an object of a context. */
    boolean isFile() {
      return switch (this) {
        case FILE, EVENT_FILE, DMABUF, ACCESS, PINNING_ACCESS -> true;
        default -> false;
      };
    }
  }

  /** A range that is mapped. */
  record Area(int ioas, long iova, long length, long user) {}

  /** Pages that an access has pinned. */
  record Pin(int access, int id) {}

  /** Of a context and a process. */
  Known(Random random, ContextObjects objects, Actor actor) {
    this.random = random;
    this.objects = objects;
    this.actor = actor;
  }

  /** The source of every choice. */
  Random random() {
    return random;
  }

  /** The context. */
  ContextObjects objects() {
    return objects;
  }

  /** An object was made, or a file. */
  void add(Kind kind, int id) {
    all(kind).add(id);
  }

  /** An object is gone, whatever its kind. */
  void remove(int id) {
    objects.remove(id);
  }

  /** Whether there is one. */
  boolean has(Kind kind) {
    return !all(kind).isEmpty();
  }

  /** An object of a kind; now and then another number, which may name none or a wrong one. */
  int pick(Kind kind) {
    List<Integer> list = all(kind);
    return list.isEmpty() || random.nextInt(ONE_IN) == 0
        ? random.nextInt(HIGHEST)
        : list.get(random.nextInt(list.size()));
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

  /** Whether memory is to be mapped by whole pages of the processor this time. */
  boolean byWholePages() {
    return objects.usesWholePages() && !rarely(ONE_IN);
  }

  /** Some area, of which there is one. */
  Area area() {
    return areas().get(random.nextInt(areas().size()));
  }

  /** An area of an address space, if there is one; else any. */
  Area areaOf(int ioas) {
    List<Area> of = areas().stream().filter(area -> area.ioas() == ioas).toList();
    return of.isEmpty() || rarely(ONE_IN) ? area() : of.get(random.nextInt(of.size()));
  }

  /** A page table into which an area is mapped; perhaps another. */
  int pickTableOf(Area area) {
    List<Integer> tables =
        objects.of(Kind.HWPT).stream().filter(id -> objects.ioasOf(id) == area.ioas()).toList();
    return tables.isEmpty() || rarely(ONE_IN)
        ? pick(Kind.HWPT)
        : tables.get(random.nextInt(tables.size()));
  }

  /** Areas in the order of their making. */
  List<Area> areas() {
    return objects.areas();
  }

  /** Pins in the order of their making. */
  List<Pin> pins() {
    return objects.pins();
  }

  private List<Integer> all(Kind kind) {
    return kind.isFile() ? actor.files(kind) : objects.of(kind);
  }
}
