package org.iommuref.model.iommufd.hwpt;

import java.util.function.Function;
import org.iommuref.model.iommufd.context.Context;
import org.iommuref.model.iommufd.kernel.Kernel;
import org.iommuref.model.iommufd.object.Holder;
import org.iommuref.model.iommufd.object.IommufdObject;
import org.iommuref.model.iommufd.object.ObjectBody;
import org.iommuref.model.iommufd.object.ObjectType;
import org.iommuref.spec.backend.DomainId;
import org.iommuref.spec.backend.NestedDomains;
import org.iommuref.spec.backend.UserDataArray;
import org.iommuref.spec.errno.Errno;
import org.iommuref.spec.errno.Result;
import org.iommuref.spec.errno.Result.Done;

/**
 * A page table whose first stage is the user's own, over a paging one. Linux: struct
 * iommufd_hwpt_nested.
 */
public final class HwptNested implements HwPagetable, InvalidationTarget {

  private final IommufdObject object;
  private final Kernel kernel;
  private final HwptCommon common;
  private final HwptPaging parent;
  private final ObjectBody held;

  private HwptNested(
      IommufdObject object, Kernel kernel, HwptPaging parent, ObjectBody held, int flags) {
    this.object = object;
    this.kernel = kernel;
    this.common = new HwptCommon(kernel, (flags & HwptFlags.PASID) != 0);
    this.parent = parent;
    this.held = held;
    held.object().hold(Holder.PAGE_TABLE);
  }

  /**
   * A nested page table that is not published yet.
   *
   * @param parent the paging one beneath it
   * @param held what stays as long as it does: the parent itself, or a virtual unit
   * @param driver makes the domain of the name given
   */
  static Result<HwptNested> allocate(
      Context context,
      HwptPaging parent,
      ObjectBody held,
      int flags,
      Function<DomainId, Result<Done>> driver) {
    Kernel kernel = context.kernel();
    Result<HwptNested> made =
        context.objects().allocate(object -> new HwptNested(object, kernel, parent, held, flags));
    if (!made.isOk()) {
      return made;
    }
    DomainId domain = kernel.newDomain();
    Errno failure = driver.apply(domain).errno();
    if (failure != null) {
      context.objects().abortAndDestroy(made.value());
      return Result.err(failure);
    }
    made.value().common.use(domain);
    return made;
  }

  @Override
  public IommufdObject object() {
    return object;
  }

  @Override
  public ObjectType type() {
    return ObjectType.HWPT_NESTED;
  }

  @Override
  public HwptCommon common() {
    return common;
  }

  @Override
  public HwptPaging paging() {
    return parent;
  }

  @Override
  public boolean canInvalidate() {
    return kernel.backend().extension(NestedDomains.class).stream()
        .anyMatch(NestedDomains::canInvalidate);
  }

  @Override
  public Result<Integer> invalidate(UserDataArray entries) {
    NestedDomains driver = kernel.backend().extension(NestedDomains.class).orElseThrow();
    return driver.invalidate(common.domain(), entries);
  }

  @Override
  public void destroy() {
    common.destroy();
    held.object().drop(Holder.PAGE_TABLE);
  }
}
