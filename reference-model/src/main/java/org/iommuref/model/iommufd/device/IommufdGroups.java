package org.iommuref.model.iommufd.device;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.iommuref.model.iommufd.context.Context;
import org.iommuref.model.iommufd.kernel.Spinlock;
import org.iommuref.model.iommufd.shared.Lifetime;
import org.iommuref.model.iommufd.shared.Shared;
import org.iommuref.spec.core.GroupId;
import org.iommuref.spec.errno.Errno;
import org.iommuref.spec.errno.Result;

/** The groups of a context. Linux: iommufd_ctx.groups. */
public final class IommufdGroups {

  private final Context context;
  private final Spinlock xaLock;
  private final Shared shared;
  private final Map<GroupId, IommufdGroup> groups = new HashMap<>();

  /** No group. */
  public IommufdGroups(Context context) {
    this.context = context;
    this.xaLock = context.kernel().spinlock("groups.xa_lock");
    this.shared = context.kernel().shared(new Lifetime("the groups of a context"));
  }

  /** iommufd_get_group: the context's record of a group, made if there is none. ENOMEM. */
  Result<IommufdGroup> get(GroupId id) {
    xaLock.lock();
    IommufdGroup known =
        shared.take(new DeviceStep.GetGroup(id), step -> taken(step.group())).orElse(null);
    xaLock.unlock();
    if (known != null) {
      return Result.ok(known);
    }
    if (context.kernel().fails("allocation of a group")) {
      return Result.err(Errno.ENOMEM);
    }
    IommufdGroup made = new IommufdGroup(id, context.kernel());
    xaLock.lock();
    IommufdGroup other =
        shared.take(new DeviceStep.GetGroup(id), step -> taken(step.group())).orElse(null);
    if (other == null) {
      shared.change(new DeviceStep.AddGroup(id), step -> groups.put(step.group(), made));
    }
    xaLock.unlock();
    return Result.ok(other == null ? made : other);
  }

  private Optional<IommufdGroup> taken(GroupId id) {
    IommufdGroup known = groups.get(id);
    if (known != null) {
      known.get();
    }
    return Optional.ofNullable(known);
  }

  /** iommufd_put_group. */
  void put(IommufdGroup group) {
    xaLock.lock();
    boolean last = shared.take(new DeviceStep.PutGroup(group.id()), step -> drop(group));
    xaLock.unlock();
    if (last) {
      context
          .kernel()
          .warnings()
          .warnIf(!group.attachments().isEmpty(), "a group is left while attached");
    }
  }

  private boolean drop(IommufdGroup group) {
    boolean last = group.put();
    if (last) {
      groups.remove(group.id());
    }
    return last;
  }
}
