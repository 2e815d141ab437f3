/**
 * An IOMMU without caches and without tables: every change is visible to devices at once.
 *
 * <p>Clause areas: DOM, ATT, PASID, MAP, FREC. Where another implementation may be late, this one
 * never is, so a clause that it violates is wrong or wrongly tested. Start at {@link
 * org.iommuref.model.ideal.IdealBackend}.
 */
@NullMarked
package org.iommuref.model.ideal;

import org.jspecify.annotations.NullMarked;
