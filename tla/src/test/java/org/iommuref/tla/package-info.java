@NullMarked
package org.iommuref.tla;

import org.jspecify.annotations.NullMarked;
