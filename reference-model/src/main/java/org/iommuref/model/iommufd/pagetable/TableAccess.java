package org.iommuref.model.iommufd.pagetable;

/** An access of the kernel that is attached to a map. Linux: io_pagetable.access_list. */
public interface TableAccess {

  /** The alignment that it needs of every area, in bytes. */
  long iovaAlignment();

  /** Holds it for as long as it is asked, if it can be asked and is not dying. */
  boolean holdToAsk();

  /** Asks it to give back what it has pinned of a range, and lets it go. */
  void notifyUnmap(long iova, long length);
}
