/** Tests of the process route against adapters that behave and adapters that do not. */
@NullMarked
package org.iommuref.conformance.process;

import org.jspecify.annotations.NullMarked;
