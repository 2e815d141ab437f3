@NullMarked
package org.iommuref.conformance.scenario;

import org.jspecify.annotations.NullMarked;
