/** Tests of what the doctor says of adapters that behave and adapters that do not. */
@NullMarked
package org.iommuref.conformance.doctor;

import org.jspecify.annotations.NullMarked;
