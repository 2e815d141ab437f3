/**
 * The conformance suite: cases, the engine that judges a target by them, the targets, and the
 * command line over all of it.
 *
 * <p>Start at {@link org.iommuref.conformance.suite.SuiteRunner}, whose cases are in {@code cases}
 * and whose targets are found by {@link org.iommuref.conformance.target.Targets}; {@code cli} has a
 * class for each command. Interleavings are explored by {@code scenario} and checked against a
 * model by {@code trace}; {@code kill} judges the suite itself.
 */
@NullMarked
package org.iommuref.conformance;

import org.jspecify.annotations.NullMarked;
