@NullMarked
package org.iommuref.tla.tlc;

import org.jspecify.annotations.NullMarked;
