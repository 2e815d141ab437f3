/** The reference model. */
@NullMarked
package org.iommuref.model;

import org.jspecify.annotations.NullMarked;
