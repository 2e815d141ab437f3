package org.iommuref.conformance.compare;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;

/** How much more or less than usual a sequence makes of each command. */
final class Flavour {

  private static final Set<String> ALWAYS =
      Set.of("IOMMU_IOAS_ALLOC", "IOMMU_IOAS_MAP", "IOMMU_TEST_OP_MOCK_DOMAIN");
  private static final Set<String> OF_FILES =
      Set.of("IOMMU_IOAS_MAP_FILE", "IOMMU_IOAS_CHANGE_PROCESS");
  private static final Set<String> OF_USER_MEMORY = Set.of("IOMMU_IOAS_MAP", "VFIO_IOMMU_MAP_DMA");
  private static final Set<String> OF_GUESTS =
      Set.of(
          "IOMMU_HW_QUEUE_ALLOC",
          "IOMMU_VDEVICE_ALLOC",
          "IOMMU_HWPT_ALLOC (nested)",
          "IOMMU_TEST_OP_TRIGGER_VEVENT");
  private static final List<String> OF_A_UNIT =
      List.of(
          "IOMMU_VIOMMU_ALLOC",
          "IOMMU_VDEVICE_ALLOC",
          "IOMMU_VEVENTQ_ALLOC",
          "IOMMU_FAULT_QUEUE_ALLOC",
          "IOMMU_HWPT_ALLOC (nested)",
          "IOMMU_TEST_OP_MOCK_DOMAIN_REPLACE");
  private static final int MUCH = 4;

  private final Random random;
  private final boolean filesOnly;
  private final boolean vfio;
  private final boolean guest;

  private Flavour(Random random) {
    this.random = random;
    this.filesOnly = random.nextInt(8) == 0;
    this.vfio = random.nextInt(5) == 0;
    this.guest = random.nextInt(4) == 0;
  }

  /** One by chance. */
  static Flavour of(Random random) {
    return new Flavour(random);
  }

  /** The factor for a command; may be 0. Asked once for each. */
  int times(String name) {
    int drawn = random.nextInt(7);
    if ((filesOnly && OF_FILES.contains(name)) || (vfio && name.contains("VFIO"))) {
      return MUCH;
    }
    if (guest && OF_GUESTS.contains(name)) {
      return MUCH;
    }
    if (filesOnly && OF_USER_MEMORY.contains(name)) {
      return 0;
    }
    return ALWAYS.contains(name) || drawn > 1 ? 1 : drawn * 3;
  }

  /** Whether it is about virtual units, whose queues want mappings of whole pages. */
  boolean isOfGuest() {
    return guest;
  }

  /** Commands that a sequence begins with, so that the others find something. */
  List<String> beginning() {
    List<String> names = new ArrayList<>(List.of("IOMMU_IOAS_ALLOC"));
    if (random.nextInt(6) == 0) {
      names.add("IOMMU_TEST_OP_CREATE_ACCESS");
    }
    if (vfio) {
      names.add("IOMMU_VFIO_IOAS");
    }
    int drawn = guest ? 5 : random.nextInt(6);
    if (drawn > 0) {
      names.addAll(List.of("IOMMU_TEST_OP_MOCK_DOMAIN_FLAGS", "IOMMU_IOAS_MAP", "IOMMU_IOAS_MAP"));
    }
    if (drawn == 2) {
      names.addAll(List.of("IOMMU_TEST_OP_CREATE_ACCESS", "IOMMU_TEST_OP_CREATE_ACCESS"));
    }
    if (drawn == 1) {
      names.addAll(
          List.of("IOMMU_HWPT_ALLOC", "IOMMU_HWPT_ALLOC", "IOMMU_TEST_OP_MOCK_DOMAIN_REPLACE"));
    }
    if (drawn > 1) {
      names.addAll(List.of("IOMMU_HWPT_ALLOC", "IOMMU_HWPT_ALLOC", "IOMMU_HWPT_ALLOC"));
    }
    if (drawn > 3) {
      names.addAll(OF_A_UNIT);
    }
    if (guest) {
      names.addAll(OF_A_UNIT); // some of the first will have failed
    }
    return names;
  }
}
