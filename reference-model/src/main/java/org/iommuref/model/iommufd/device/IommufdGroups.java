package org.iommuref.model.iommufd.device;

import java.util.HashMap;
import java.util.Map;
import org.iommuref.model.iommufd.context.Context;
import org.iommuref.spec.core.GroupId;
import org.iommuref.spec.errno.Errno;
import org.iommuref.spec.errno.Result;

/** The groups of a context. Linux: iommufd_ctx.groups. */
public final class IommufdGroups {

  private final Context context;
  private final Map<GroupId, IommufdGroup> groups = new HashMap<>();

  /** No group. */
  public IommufdGroups(Context context) {
    this.context = context;
  }

  /** iommufd_get_group: the context's record of a group, made if there is none. ENOMEM. */
  Result<IommufdGroup> get(GroupId id) {
    IommufdGroup known = groups.get(id);
    if (known != null) {
      known.get();
      return Result.ok(known);
    }
    if (context.kernel().fails("allocation of a group")) {
      return Result.err(Errno.ENOMEM);
    }
    IommufdGroup made = new IommufdGroup(id, context.kernel().mutex("igroup.lock"));
    groups.put(id, made);
    return Result.ok(made);
  }

  /** iommufd_put_group. */
  void put(IommufdGroup group) {
    if (group.put()) {
      context
          .kernel()
          .warnings()
          .warnIf(!group.attachments().isEmpty(), "a group is left while attached");
      groups.remove(group.id());
    }
  }
}
