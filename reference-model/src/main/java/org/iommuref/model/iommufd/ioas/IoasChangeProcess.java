package org.iommuref.model.iommufd.ioas;

import static org.iommuref.model.iommufd.ioctl.Field.reserved;
import static org.iommuref.spec.errno.Errno.EBUSY;
import static org.iommuref.spec.errno.Errno.EINVAL;
import static org.iommuref.spec.errno.Errno.EOPNOTSUPP;

import java.util.ArrayList;
import java.util.List;
import org.iommuref.model.check.Checks;
import org.iommuref.model.iommufd.ioctl.Command;
import org.iommuref.model.iommufd.ioctl.CommandLayout;
import org.iommuref.model.iommufd.ioctl.Field;
import org.iommuref.model.iommufd.ioctl.Ucmd;
import org.iommuref.model.iommufd.kernel.CheckList;
import org.iommuref.model.iommufd.kernel.Owner;
import org.iommuref.model.iommufd.object.Holder;
import org.iommuref.model.iommufd.object.ObjectBody;
import org.iommuref.model.iommufd.object.ObjectTable;
import org.iommuref.model.iommufd.pagetable.Area;
import org.iommuref.spec.clause.Clause;
import org.iommuref.spec.errno.Errno;
import org.jspecify.annotations.Nullable;

/** IOMMU_IOAS_CHANGE_PROCESS: makes the caller the owner of everything that is mapped. */
public final class IoasChangeProcess {

  private static final Field RESERVED = reserved("__reserved", 4, 4);

  /** The command. */
  public static final Command COMMAND =
      Command.of(
          "IOMMU_IOAS_CHANGE_PROCESS",
          0x3b92,
          CommandLayout.of("iommu_ioas_change_process", 8, RESERVED),
          Checks.<Ucmd>inOrder()
              .when("PIN-024", "a reserved field is set", u -> u.u32(RESERVED) != 0, EOPNOTSUPP),
          IoasChangeProcess::run);

  /** What keeps an area from changing hands. */
  public static final CheckList<Area> AREA =
      new CheckList<>(
          "iommufd_ioas_change_process",
          Checks.<Area>inOrder()
              .needs("PIN-026", "it is built up or torn down", a -> !a.look().finished(), EBUSY)
              .when("PIN-025", "it is of no file", a -> !a.pages().source().isFile(), EINVAL));

  private IoasChangeProcess() {}

  @Clause("PIN-031")
  private static @Nullable Errno run(Ucmd ucmd) {
    ucmd.context().ioasCreationLock().downWrite();
    List<Ioas> all = takeAll(ucmd.context().objects());
    Errno failure = change(ucmd, all);
    for (Ioas ioas : all) {
      ioas.iopt().iovaRwsem().upWrite();
      ioas.object().drop(Holder.CALL);
    }
    ucmd.context().ioasCreationLock().upWrite();
    return failure;
  }

  /** iommufd_take_all_iova_rwsem: in the order of ids, under the lock of creation. */
  private static List<Ioas> takeAll(ObjectTable objects) {
    List<Ioas> all = new ArrayList<>();
    objects.xaLock().lock();
    for (ObjectBody body = objects.next(0); body != null; ) {
      if (body instanceof Ioas ioas && ioas.object().tryHold(Holder.CALL)) {
        objects.xaLock().unlock();
        ioas.iopt().iovaRwsem().downWrite();
        all.add(ioas);
        objects.xaLock().lock();
      }
      body = objects.next(body.object().id());
    }
    objects.xaLock().unlock();
    return all;
  }

  private static @Nullable Errno change(Ucmd ucmd, List<Ioas> all) {
    List<Area> areas = new ArrayList<>();
    for (Ioas ioas : all) {
      for (Area area : ioas.iopt().allAreas()) {
        Errno refusal = AREA.refusal(ucmd.kernel(), area);
        if (refusal != null) {
          return refusal;
        }
        areas.add(area);
      }
    }
    return new ChangeOfOwner(ucmd.kernel(), Owner.of(ucmd.caller()), areas).perform();
  }
}
