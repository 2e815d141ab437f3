package org.iommuref.spec.spi;

/** What {@code bench translate} measures of a unit. */
public enum TranslationKind {
  /** The translation is cached. */
  HIT("IOTLB hit"),
  /** Three entries of a three-level table are read. */
  THREE_LEVEL_MISS("three-level miss"),
  /** Four entries of a four-level table are read. */
  FOUR_LEVEL_MISS("four-level miss"),
  /** A first stage is walked whose tables lie behind a second stage, and so does the page. */
  NESTED_MISS("nested miss"),
  /** The translation of a request with PASID is cached. */
  PASID_HIT("PASID hit"),
  /** The request is refused and recorded, and software clears the record. */
  FAULT("fault with record"),
  /** Software gives the order to drop one cached page, and the unit carries it out. */
  INVALIDATION("invalidate");

  private final String title;

  TranslationKind(String title) {
    this.title = title;
  }

  /** A few words. */
  public String title() {
    return title;
  }
}
