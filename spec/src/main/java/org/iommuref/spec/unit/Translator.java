package org.iommuref.spec.unit;

import org.iommuref.spec.access.AccessKind;

/**
 * A unit that also translates at once, for whoever is alone with it: no move of anything else comes
 * between, so it is not for a scheduler that explores.
 */
public interface Translator {

  /** Stands for no PASID. */
  int NO_PASID = -1;

  /**
   * Translates an untranslated request in user mode; memory sees the walk, but not the access.
   *
   * @param rid who asks, 16 bits
   * @param pasid the PASID that the request carries, or {@link #NO_PASID}
   * @param address in bytes
   * @return a {@link Translation}; a refusal is recorded as that of any request
   */
  long translate(int rid, int pasid, long address, AccessKind kind);
}
