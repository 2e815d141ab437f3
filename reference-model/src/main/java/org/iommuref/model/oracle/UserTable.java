package org.iommuref.model.oracle;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import org.iommuref.model.oracle.GuestMemory.Version;

/**
 * A user's table of the first stage of VT-d, and what the user has invalidated of it. Source:
 * include/uapi/linux/iommufd.h struct iommu_hwpt_vtd_s1 and struct iommu_hwpt_vtd_s1_invalidate.
 */
final class UserTable {

  /** IOMMU_HWPT_DATA_VTD_S1. */
  static final int TYPE = 1;

  /** The bytes of the structure, and of an entry of an invalidation. */
  static final int BYTES = 24;

  private static final int FOUR_LEVELS = 48;
  private static final int FIVE_LEVELS = 57;
  private static final int LEAF_LEVEL = 1;

  /** An invalidation of the addresses from {@code first} to {@code last}. */
  record Release(long time, long first, long last, boolean leafOnly) {

    boolean ends(Version version, long address, int level) {
      return time > version.until()
          && Long.compareUnsigned(first, address) <= 0
          && Long.compareUnsigned(address, last) <= 0
          && (level == LEAF_LEVEL || !leafOnly);
    }
  }

  private final DomainState parent;
  private final long root;
  private final int width;
  private final List<Release> releases = new ArrayList<>();
  private long since;

  private UserTable(DomainState parent, long root, int width) {
    this.parent = parent;
    this.root = root;
    this.width = width;
  }

  /** What the bytes of the structure say. */
  static UserTable of(DomainState parent, byte[] structure) {
    ByteBuffer fields = ByteBuffer.wrap(structure).order(ByteOrder.LITTLE_ENDIAN);
    return new UserTable(parent, fields.getLong(8), fields.getInt(16));
  }

  DomainState parent() {
    return parent;
  }

  /** The address of the top table, for the user. */
  long root() {
    return root;
  }

  int levels() {
    return width == FIVE_LEVELS ? 5 : 4;
  }

  /** Whether some unit can walk it. */
  boolean hasKnownWidth() {
    return width == FOUR_LEVELS || width == FIVE_LEVELS;
  }

  /** Nothing of it is cached yet. */
  void begin(long time) {
    since = time;
  }

  void release(Release release) {
    releases.add(release);
  }

  /** Whether a walk for an address may still use what a word of a level held. */
  boolean isLive(Version version, long address, int level) {
    return version.isCurrent()
        || (version.until() > since
            && releases.stream().noneMatch(release -> release.ends(version, address, level)));
  }
}
