/**
 * Scenarios: a topology, a set-up, threads of calls of seam 2 or 3, and the outcomes that are
 * allowed, required or forbidden; one YAML file each, explored over a target.
 *
 * <p>Clause areas: INV, ATT, DOM, MAP; at seam 3 OBJ, IOAS, PIN, ACC, IOPF, VEVENTQ, VIOMMU, HWQ,
 * OPT. Start at {@link org.iommuref.conformance.scenario.ScenarioLibrary}, which reads them, and
 * {@link org.iommuref.conformance.scenario.ScenarioExploration}, which runs them.
 */
@NullMarked
package org.iommuref.conformance.scenario;

import org.jspecify.annotations.NullMarked;
