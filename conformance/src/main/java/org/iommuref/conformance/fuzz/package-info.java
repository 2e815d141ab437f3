/**
 * Fuzzing of iommufd's binary interface: any bytes give an errno, never an exception, and a call
 * that fails changes nothing.
 *
 * <p>Clause areas UAPI, OBJ, IOAS, PIN, ACC, HWPT, DEV and their like. Programs are drawn from a
 * seed: calls that get past validation ({@link org.iommuref.conformance.fuzz.Shape}), and arbitrary
 * bytes, commands and pointers. Each runs on a fresh model and is judged after every call; what is
 * found is reduced to a 1-minimal program. Start at {@link org.iommuref.conformance.fuzz.Fuzz}.
 */
@NullMarked
package org.iommuref.conformance.fuzz;

import org.jspecify.annotations.NullMarked;
