package org.iommuref.spec.backend;

import org.iommuref.spec.access.Iova;
import org.iommuref.spec.errno.Result;
import org.iommuref.spec.errno.Result.Done;
import org.iommuref.spec.memory.PhysAddr;

/** A virtual unit in the hands of its driver. Linux: struct iommufd_viommu_ops. */
public interface VirtualUnit {

  /**
   * Allocates a nested domain of this unit under a name that the caller chose. EOPNOTSUPP, EINVAL,
   * EFAULT, ENOMEM.
   */
  Result<Done> allocateNested(DomainId domain, int flags, UserData data);

  /**
   * Makes what the unit has cached unusable, entry by entry.
   *
   * @return how many entries were handled, also with an error: EOPNOTSUPP, EINVAL, E2BIG, EFAULT,
   *     ENOMEM
   */
  Result<Integer> invalidate(UserDataArray entries);

  /** Whether the unit has queues of the type that hardware reads by physical addresses. */
  boolean offersQueue(int type);

  /**
   * Lets hardware read a queue of a type that is offered (hw_queue_init_phys).
   *
   * @param host what the driver may ask for as long as the queue exists
   * @param index which of the unit's queues
   * @param iova where it begins for the guest
   * @param address where it begins in memory
   * @return EINVAL, EEXIST or another error of the driver
   */
  Result<HardwareQueue> makeQueue(HardwareQueueHost host, int index, Iova iova, PhysAddr address);

  /** Gives back what the unit has. */
  void destroy();
}
