package org.iommuref.conformance.cases.iommufd;

import java.util.Map;

/** The clause that says what each command does in the plain case: a set-up that fails breaks it. */
final class PlainClauses {

  static final Map<String, String> ALL =
      Map.ofEntries(
          Map.entry("IOMMU_IOAS_ALLOC", "IOAS-001"),
          Map.entry("IOMMU_IOAS_CHANGE_PROCESS", "PIN-027"),
          Map.entry("IOMMU_TEST_OP_ACCESS_PAGES", "ACC-018"),
          Map.entry("IOMMU_TEST_OP_ACCESS_RW", "ACC-022"),
          Map.entry("IOMMU_TEST_OP_DESTROY_ACCESS_PAGES", "ACC-020"));

  private PlainClauses() {}
}
