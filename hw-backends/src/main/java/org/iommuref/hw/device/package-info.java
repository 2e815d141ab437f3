/**
 * Devices in front of units: what they cache of translations, and how they answer what units send.
 *
 * <p>Clause areas INV, ATT. Start at {@link org.iommuref.hw.device.Endpoints}.
 */
@NullMarked
package org.iommuref.hw.device;

import org.jspecify.annotations.NullMarked;
