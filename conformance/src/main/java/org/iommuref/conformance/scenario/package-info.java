/**
 * Scenarios: a topology, a set-up, threads of operations, and the outcomes that are allowed,
 * required or forbidden; one YAML file each, explored over a target.
 *
 * <p>Clause areas: INV, ATT, DOM, MAP. Start at {@link
 * org.iommuref.conformance.scenario.ScenarioLibrary}, which reads them, and {@link
 * org.iommuref.conformance.scenario.ScenarioExploration}, which runs them.
 */
@NullMarked
package org.iommuref.conformance.scenario;

import org.jspecify.annotations.NullMarked;
