package org.iommuref.spec.step;

/**
 * A space of a {@link Footprint} that lies in a device: registers. Where stores are not ordered, an
 * access of software to it may overtake the writes to memory that came before, unless a {@link
 * Steps#fence} is between.
 */
public interface DeviceSpace {}
