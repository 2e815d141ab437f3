/** Tests of shared state and its lifetime. */
@NullMarked
package org.iommuref.model.iommufd.shared;

import org.jspecify.annotations.NullMarked;
