/**
 * The command line: one class a command, registered in {@link org.iommuref.conformance.cli.Main}.
 *
 * <p>Exit codes: 0 conformant, 1 not conformant, 2 unverified or a needed tool is absent, 64 usage,
 * 70 broken harness.
 */
@NullMarked
package org.iommuref.conformance.cli;

import org.jspecify.annotations.NullMarked;
