/** Tests of the emulator targets; those that need QEMU are skipped where there is none. */
@NullMarked
package org.iommuref.conformance.qemu;

import org.jspecify.annotations.NullMarked;
