@NullMarked
package org.iommuref.tla.trace;

import org.jspecify.annotations.NullMarked;
