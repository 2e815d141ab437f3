package org.iommuref.conformance.cases.iommufd;

import java.util.Map;

/** The clause that says what each command does in the plain case: a set-up that fails breaks it. */
final class PlainClauses {

  static final Map<String, String> ALL = Map.ofEntries(Map.entry("IOMMU_IOAS_ALLOC", "IOAS-001"));

  private PlainClauses() {}
}
