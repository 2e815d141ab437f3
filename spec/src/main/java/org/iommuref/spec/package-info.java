/** The specification's Java face. */
@NullMarked
package org.iommuref.spec;

import org.jspecify.annotations.NullMarked;
