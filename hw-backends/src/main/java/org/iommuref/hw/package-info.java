/** Hardware units and their drivers. */
@NullMarked
package org.iommuref.hw;

import org.jspecify.annotations.NullMarked;
