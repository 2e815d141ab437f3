package org.iommuref.spec.backend;

import org.iommuref.spec.access.AccessOutcome;
import org.iommuref.spec.access.DeviceAccess;

/**
 * Accesses that stand still between translation and effect, as a write does on its way through a
 * fabric. INV-002.
 *
 * <p>The hardware may let a held access take effect by itself at any time, and must before an
 * invalidation that drains it completes.
 */
public interface HeldAccesses extends BackendExtension {

  /**
   * Lets a device issue an access that is translated at once but takes effect later. {@code token}
   * names it.
   */
  void issue(int token, DeviceAccess access);

  /** Lets the access take effect, if it has not yet, and returns what the device saw. */
  AccessOutcome finish(int token);
}
