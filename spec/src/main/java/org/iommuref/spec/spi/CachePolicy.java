package org.iommuref.spec.spi;

/** How the caches of a unit of ours behave. */
public enum CachePolicy {
  /** Bounded, least recently used out first. */
  REALISTIC,
  /**
   * Fills whenever a table is live, evicts only when chosen, keeps non-leaf and (where allowed)
   * not-present entries, lets a walk outlive a table write: the default when a driver is judged.
   */
  ADVERSARIAL
}
