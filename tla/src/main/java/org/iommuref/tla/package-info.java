/** Models and the runner of TLC. */
@NullMarked
package org.iommuref.tla;

import org.jspecify.annotations.NullMarked;
