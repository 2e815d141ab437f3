/** iommufd over each driver that the class path brings. */
@NullMarked
package org.iommuref.conformance.iommufd;

import org.jspecify.annotations.NullMarked;
