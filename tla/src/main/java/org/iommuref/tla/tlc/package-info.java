/**
 * TLC in a JVM of its own: how it is started, what it prints, and the counterexample in its output.
 *
 * <p>Knows nothing of models or manifests. Start at {@link org.iommuref.tla.tlc.Tlc} and {@link
 * org.iommuref.tla.tlc.TlcResult}.
 */
@NullMarked
package org.iommuref.tla.tlc;

import org.jspecify.annotations.NullMarked;
