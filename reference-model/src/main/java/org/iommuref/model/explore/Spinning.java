package org.iommuref.model.explore;

/**
 * How long a thread spins for the permit before it parks.
 *
 * <p>Where a core sleeps when a thread parks, to wake it takes ten times as long as the other
 * thread keeps the permit: there spinning pays. Where cores are scarce, who spins keeps off the
 * thread that it waits for. Which it is shows: a long spin is tried now and then, and as long as
 * none is in vain every wait begins with one; each in vain makes the next try rarer, until a row of
 * them has paid.
 */
final class Spinning {

  private static final int SHORT = 20;

  /** Some fifty microseconds, as long as it takes to wake a core. */
  private static final int LONG = 1_000;

  private static final int RAREST = 1_024;
  private static final int OFTENEST = 8;
  private static final int ROW = 16;

  private final boolean able;
  private boolean trying;
  private int row;
  private int interval = OFTENEST;
  private int untilNext;

  /** For a machine of so many cores: with one, nobody can give the permit while another spins. */
  Spinning(int cores) {
    this.able = cores > 1;
  }

  /** How often the wait that begins spins at most. */
  int most() {
    if (!able) {
      return 0;
    }
    trying |= --untilNext < 0;
    return trying ? LONG : SHORT;
  }

  /** The permit came while the thread spun. */
  void paid() {
    if (trying && ++row == ROW) {
      interval = OFTENEST;
    }
  }

  /** The thread has to park. */
  void failed() {
    if (trying) {
      trying = false;
      row = 0;
      interval = Math.min(RAREST, 2 * interval);
      untilNext = interval;
    }
  }
}
