package org.iommuref.spec.backend;

import java.util.List;
import org.iommuref.spec.access.Pasid;
import org.iommuref.spec.access.Rid;
import org.iommuref.spec.core.PageResponse;
import org.iommuref.spec.unit.PageRequestMessage;
import org.jspecify.annotations.Nullable;

/**
 * Devices that can be made to ask for pages, and that keep what they are answered. PRQ-001 to
 * PRQ-010.
 */
public interface AskingDevices extends BackendExtension {

  /** Lets a device ask for a page; returns when its unit has taken the request, or refused it. */
  void ask(PageRequestMessage request);

  /**
   * Brings the driver the interrupt that says that requests have arrived; it has taken all of them
   * when this returns.
   */
  void interrupt();

  /** What the device has been answered since this was asked last, in order. */
  List<Answer> answers(Rid device);

  /**
   * The answer to a group of page requests.
   *
   * @param pasid of the group, or null for none
   * @param group its index
   * @param response what the device is told
   */
  record Answer(@Nullable Pasid pasid, int group, PageResponse response) {}
}
