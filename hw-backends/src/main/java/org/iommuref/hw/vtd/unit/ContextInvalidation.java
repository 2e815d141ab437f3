package org.iommuref.hw.vtd.unit;

import org.iommuref.hw.vtd.layout.Granularity;

/**
 * An order to invalidate the context cache, from a descriptor or from CCMD. Manual 6.5.2.1.
 *
 * @param granularity a {@link Granularity}
 * @param domainId for domain and device granularity
 * @param sourceId for device granularity
 * @param functionMask FM: which function bits of the requester do not count
 */
public record ContextInvalidation(int granularity, int domainId, int sourceId, int functionMask) {

  /** Whether the requester is among those named: equal but for the masked function bits. */
  public boolean names(int requester) {
    int ignored =
        switch (functionMask) {
          case 1 -> 0b100;
          case 2 -> 0b110;
          case 3 -> 0b111;
          default -> 0;
        };
    return (requester & ~ignored) == (sourceId & ~ignored);
  }
}
