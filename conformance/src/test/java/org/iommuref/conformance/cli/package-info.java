/** Tests of the commands: what they print, and their exit codes. */
@NullMarked
package org.iommuref.conformance.cli;

import org.jspecify.annotations.NullMarked;
