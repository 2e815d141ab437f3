/**
 * The engine: cases as values, the runner that judges them by the oracle, the reducer, the
 * verdicts.
 *
 * <p>Start at {@link org.iommuref.conformance.suite.SuiteRunner}.
 */
@NullMarked
package org.iommuref.conformance.suite;

import org.jspecify.annotations.NullMarked;
