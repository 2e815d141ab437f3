package org.iommuref.model.iommufd.kernel;

/** To whom pinned pages are charged. Linux: IOPT_PAGES_ACCOUNT_*. */
public enum AccountMode {
  /** To nobody. */
  NONE,
  /** To the user, across processes. */
  USER,
  /** To the address space, as VFIO does. */
  MM
}
