package org.iommuref.model.iommufd.hwpt;

import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.iommuref.model.iommufd.context.Context;
import org.iommuref.model.iommufd.device.Device;
import org.iommuref.model.iommufd.ioas.Ioas;
import org.iommuref.model.iommufd.kernel.Kernel;
import org.iommuref.model.iommufd.object.Holder;
import org.iommuref.model.iommufd.object.IommufdObject;
import org.iommuref.model.iommufd.object.ObjectType;
import org.iommuref.spec.backend.CacheCoherency;
import org.iommuref.spec.backend.DeviceCapabilities.Cap;
import org.iommuref.spec.backend.DomainId;
import org.iommuref.spec.backend.UserData;
import org.iommuref.spec.errno.Errno;
import org.iommuref.spec.errno.Result;
import org.iommuref.spec.errno.Result.Done;
import org.jspecify.annotations.Nullable;

/** A page table that holds the map of an IOAS. Linux: struct iommufd_hwpt_paging. */
public final class HwptPaging implements HwPagetable {

  private final IommufdObject object;
  private final HwptCommon common;
  private final Ioas ioas;
  private final boolean nestParent;
  private final Set<Integer> presentMsi = new TreeSet<>();
  private boolean autoDomain;
  private boolean enforceCacheCoherency;
  private boolean listed;

  private HwptPaging(IommufdObject object, Kernel kernel, Ioas ioas, int flags) {
    this.object = object;
    this.common = new HwptCommon(kernel, (flags & HwptFlags.PASID) != 0);
    this.ioas = ioas;
    this.nestParent = (flags & HwptFlags.NEST_PARENT) != 0;
    ioas.object().hold(Holder.PAGE_TABLE);
  }

  /**
   * iommufd_hwpt_paging_alloc: a page table with all that the IOAS maps, not yet published.
   *
   * <p>The caller holds the mutex of the IOAS until it has published or aborted it.
   *
   * @param data of the user for the driver, or null for none
   * @param immediate attaches a device before the page table is filled, or null
   */
  public static Result<HwptPaging> allocate(
      Context context,
      Ioas ioas,
      Device device,
      int flags,
      @Nullable UserData data,
      @Nullable ImmediateAttach immediate) {
    Kernel kernel = context.kernel();
    Errno refusal = PagingRequest.CHECKS.refusal(kernel, new PagingRequest(device, flags, data));
    if (refusal != null) {
      return Result.err(refusal);
    }
    Result<HwptPaging> made =
        context.objects().allocate(object -> new HwptPaging(object, kernel, ioas, flags));
    if (!made.isOk()) {
      return made;
    }
    HwptPaging hwpt = made.value();
    Errno failure = hwpt.fill(kernel, device, flags, data, immediate);
    if (failure != null) {
      context.objects().abortAndDestroy(hwpt);
      return Result.err(failure);
    }
    return made;
  }

  private @Nullable Errno fill(
      Kernel kernel,
      Device device,
      int flags,
      @Nullable UserData data,
      @Nullable ImmediateAttach immediate) {
    DomainId domain = kernel.newDomain();
    Result<Done> allocated =
        device
            .driver()
            .allocatePaging(domain, device.rid(), flags & ~HwptFlags.FAULT_ID_VALID, data);
    if (!allocated.isOk()) {
      return Objects.requireNonNull(allocated.errno());
    }
    common.use(domain);
    if (device.isCapable(Cap.ENFORCE_CACHE_COHERENCY) && !enforceCacheCoherency(kernel, domain)) {
      return Errno.EINVAL;
    }
    if (immediate != null) {
      Errno failure = immediate.attach(this);
      if (failure != null) {
        return failure;
      }
    }
    Errno failure = ioas.iopt().addDomain(domain);
    if (failure != null) {
      if (immediate != null) {
        immediate.detach();
      }
      return failure;
    }
    ioas.add(this);
    listed = true;
    return null;
  }

  /**
   * iommufd_hwpt_paging_enforce_cc: before anything is mapped, as a driver may note it in each
   * entry. A driver that says of a device that it can, and then does not, is wrong.
   */
  private boolean enforceCacheCoherency(Kernel kernel, DomainId domain) {
    enforceCacheCoherency =
        kernel.backend().extension(CacheCoherency.class).map(d -> d.enforce(domain)).orElse(false);
    kernel.warnings().warnIf(!enforceCacheCoherency, "a domain does not enforce cache coherency");
    return enforceCacheCoherency;
  }

  @Override
  public IommufdObject object() {
    return object;
  }

  @Override
  public ObjectType type() {
    return ObjectType.HWPT_PAGING;
  }

  @Override
  public HwptCommon common() {
    return common;
  }

  @Override
  public HwptPaging paging() {
    return this;
  }

  /** The IOAS whose map it holds. */
  public Ioas ioas() {
    return ioas;
  }

  /** Whether nested page tables may stand on it. */
  public boolean isNestParent() {
    return nestParent;
  }

  /** Whether it was made by an attach to its IOAS, and goes with the last one. */
  public boolean isAutoDomain() {
    return autoDomain;
  }

  /** It was made by an attach. */
  public void becomeAutoDomain() {
    autoDomain = true;
  }

  /** Whether it makes the writes of its devices coherent. */
  public boolean enforcesCacheCoherency() {
    return enforceCacheCoherency;
  }

  /** Whether a doorbell of the context is mapped in it. */
  public boolean hasMsi(int doorbell) {
    return presentMsi.contains(doorbell);
  }

  /** A doorbell was mapped in it, for as long as it lives. RSV-012 */
  public void keepsMsi(int doorbell) {
    presentMsi.add(doorbell);
  }

  @Override
  public void destroy() {
    if (listed) {
      ioas.mutex().lock();
      ioas.remove(this);
      ioas.mutex().unlock();
      ioas.iopt().removeDomain(common.domain());
    }
    common.destroy();
    ioas.object().drop(Holder.PAGE_TABLE);
  }

  /** {@inheritDoc} The mutex of the IOAS is held. */
  @Override
  public void abort() {
    if (listed) {
      ioas.remove(this);
      ioas.iopt().removeDomain(common.domain());
      listed = false;
    }
    destroy();
  }

  @Override
  public String toString() {
    return type() + " " + object.id();
  }
}
