package org.iommuref.tla;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** How much a check may cost; each tier includes those before it. */
public enum Tier {
  /** All of it together takes less than a minute on two cores. */
  QUICK(512),
  /** Minutes a config. */
  FULL(2048),
  /** Hours. */
  NIGHTLY(8192);

  private final int heapMegabytes;

  Tier(int heapMegabytes) {
    this.heapMegabytes = heapMegabytes;
  }

  /** The tier of that name, in lower case; empty if there is none. */
  public static Optional<Tier> named(String name) {
    return Arrays.stream(values()).filter(tier -> tier.toString().equals(name)).findFirst();
  }

  /** The largest heap that TLC needs for a config of this tier, in megabytes. */
  int heapMegabytes() {
    return heapMegabytes;
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
