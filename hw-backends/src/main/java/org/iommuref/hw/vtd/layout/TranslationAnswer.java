package org.iommuref.hw.vtd.layout;

/** What a device-TLB is told of a translation that it cannot have. Manual 4.2.3 and 7.1.3. */
public enum TranslationAnswer {
  /** Unsupported request: the device gives up translations. Recorded. */
  UNSUPPORTED,
  /** Completer abort: the tables are broken. Recorded. */
  ABORTED,
  /** Success without rights: the device may ask for the page. Not recorded. */
  NO_RIGHTS,
  /** Success with the rights that there are. Not recorded. */
  RIGHTS
}
