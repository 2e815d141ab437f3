/** Steps for tests of this module, which cannot see the schedulers of the reference model. */
@NullMarked
package org.iommuref.hw.testing;

import org.jspecify.annotations.NullMarked;
