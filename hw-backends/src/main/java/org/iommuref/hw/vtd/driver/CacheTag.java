package org.iommuref.hw.vtd.driver;

import java.util.Comparator;

/**
 * A tag under which hardware may have cached translations of a domain. INV-004.
 *
 * @param unit the index of the unit
 * @param domainId the domain's id on that unit
 */
public record CacheTag(int unit, int domainId) implements Comparable<CacheTag> {

  private static final Comparator<CacheTag> BY_UNIT_THEN_ID =
      Comparator.comparingInt(CacheTag::unit).thenComparingInt(CacheTag::domainId);

  @Override
  public int compareTo(CacheTag other) {
    return BY_UNIT_THEN_ID.compare(this, other);
  }
}
