package org.iommuref.model.iommufd.shared;

/** From when to when something of the kernel exists; whoever touches it later is found out. */
public final class Lifetime {

  private final Object what;
  private boolean ended;

  /** It exists; its name in words is asked for when it is needed. */
  public Lifetime(Object what) {
    this.what = what;
  }

  /** Whether it has been freed. */
  public boolean hasEnded() {
    return ended;
  }

  void end() {
    ended = true;
  }

  /**
   * Requires that it exists.
   *
   * @throws UseAfterFreeException if it has been freed
   */
  void require(Object by) {
    if (ended) {
      throw new UseAfterFreeException(what + " has been freed and is touched by " + by);
    }
  }
}
