package org.iommuref.hw.vtd.layout;

/** VER, offset 000h: the version of the architecture that the unit follows. Manual 11.4.1. */
public final class Version {

  /** MIN. */
  public static final Field MIN = Field.of("MIN", 3, 0, "minor version").readOnly();

  /** MAX; below 6, invalidation through registers works. */
  public static final Field MAX = Field.of("MAX", 7, 4, "major version").readOnly();

  /** All fields. */
  public static final Layout LAYOUT = Layout.of("VER", 32, MIN, MAX);

  private Version() {}
}
