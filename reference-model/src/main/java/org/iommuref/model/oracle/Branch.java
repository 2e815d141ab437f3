package org.iommuref.model.oracle;

/**
 * What a judgement was a witness of; a clause without the witnesses it needs is unverified, not
 * passed.
 */
public enum Branch {
  /** The access or call had to succeed, and did. */
  MUST_SUCCEED,
  /** The access had to fault or the call had to fail, and did. */
  MUST_FAULT,
  /** A translation that was removed and not yet synced could be used, and was. */
  STALE_USED,
  /** More than one outcome was allowed, and one of the others was seen. */
  MAY
}
