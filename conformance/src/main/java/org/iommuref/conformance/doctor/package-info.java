/**
 * What is wrong with the harness of an adapter, in plain sentences, before the suite judges the
 * implementation behind it.
 *
 * <p>Start at {@link org.iommuref.conformance.doctor.Doctor}.
 */
@NullMarked
package org.iommuref.conformance.doctor;

import org.jspecify.annotations.NullMarked;
