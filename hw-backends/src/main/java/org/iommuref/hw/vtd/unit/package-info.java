/**
 * A VT-d unit: registers, root, context and PASID tables, walks of both stages, caches,
 * invalidation queue, device-TLBs, page requests, interrupt remapping, fault recording.
 *
 * <p>Clause area: VTD. Start at {@link org.iommuref.hw.vtd.unit.VtdUnit}; {@link
 * org.iommuref.hw.vtd.unit.VtdConfiguration} says what a unit reports of itself, {@link
 * org.iommuref.hw.vtd.unit.VtdParts} what it is made of. Each rule of the manual is a row of a
 * declared list or a default method of a part, so that a unit with one rule wrong is a unit with
 * one part replaced. What a unit has is what its configuration reports: {@code
 * VtdConfiguration.standard()} is legacy mode alone, {@code VtdConfiguration.scalable()} scalable
 * mode too. A request in scalable mode starts in {@code ScalableMachine}. Section numbers are those
 * of the VT-d specification, revision 5.10.
 */
@NullMarked
package org.iommuref.hw.vtd.unit;

import org.jspecify.annotations.NullMarked;
