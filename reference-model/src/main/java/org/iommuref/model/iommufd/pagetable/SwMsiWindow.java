package org.iommuref.model.iommufd.pagetable;

/** Hears where software places the interrupt messages of a device. */
@FunctionalInterface
public interface SwMsiWindow {

  /** The window begins at this IOVA. */
  void startsAt(long iova);
}
