package org.iommuref.spec.backend;

import org.iommuref.spec.access.Iova;
import org.iommuref.spec.access.Pasid;
import org.iommuref.spec.access.Rid;
import org.jspecify.annotations.Nullable;

/**
 * Devices that keep translations for themselves (ATS), and that can be made to behave badly.
 * ATS-001 to ATS-011.
 */
public interface KeepingDevices extends BackendExtension {

  /** How a device is to behave. */
  enum Manner {
    /** It does not complete the next invalidation that it is sent, and keeps what it has. */
    MISS_INVALIDATION,
    /** It is gone: it completes nothing any more, and makes no access. */
    GO_AWAY,
    /** It asks for a translation as soon as ATS is on, and a last time when ATS is turned off. */
    ASK_AT_ONCE,
    /** It completes an invalidation only when its unit can do nothing but wait for it. */
    COMPLETE_LATE
  }

  /** Makes a device behave in a manner, whether it is served or not. */
  void behave(Rid device, Manner manner);

  /** What a device is given when it asks for the translation of a page; it does not keep it. */
  Translation translation(Rid device, @Nullable Pasid pasid, Iova page);

  /**
   * What a device is given.
   *
   * @param read whether it may read
   * @param write whether it may write
   * @param snooped whether its accesses are made coherent
   */
  record Translation(boolean read, boolean write, boolean snooped) {}

  /** What is turned on in a device, and what came of its translation requests. */
  Control control(Rid device);

  /**
   * The state of a device.
   *
   * @param ats whether ATS is on
   * @param pri whether page requests are on
   * @param unsupported how many of its translation requests were answered as unsupported
   * @param priAlone whether page requests have ever been on while ATS was off
   * @param overrun whether it was ever sent more invalidations at once than it has room for
   */
  record Control(boolean ats, boolean pri, int unsupported, boolean priAlone, boolean overrun) {}
}
