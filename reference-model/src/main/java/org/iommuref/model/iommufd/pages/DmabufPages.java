package org.iommuref.model.iommufd.pages;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.iommuref.model.iommufd.kernel.Kernel;
import org.iommuref.model.iommufd.kernel.Mutex;
import org.iommuref.model.iommufd.kernel.Owner;
import org.iommuref.model.iommufd.shared.Lifetime;
import org.iommuref.model.iommufd.shared.Shared;
import org.iommuref.spec.clause.Clause;
import org.iommuref.spec.errno.Errno;
import org.iommuref.spec.errno.Result;
import org.iommuref.spec.iommufd.FileId;
import org.jspecify.annotations.Nullable;

/** Pages of a shared buffer. Linux: IOPT_ADDRESS_DMABUF. */
public final class DmabufPages implements PagesSource {

  private static final int PAGE_SHIFT = 12;

  private final Mutex mutex;
  private final Shared shared;
  private final SharedBuffer buffer;
  private final FileId file;
  private final long base;
  private final Map<Object, Runnable> unmaps = new LinkedHashMap<>();
  private boolean attached;
  private boolean revoked;

  /**
   * Pages of a buffer that is not told of them yet.
   *
   * @param kernel around it
   * @param base offset of the first page in the buffer, a page boundary
   */
  public DmabufPages(Kernel kernel, SharedBuffer buffer, FileId file, long base) {
    this.mutex = kernel.mutex(Pages.MUTEX);
    this.shared = kernel.shared(new Lifetime("the pages of a buffer"));
    this.buffer = buffer;
    this.file = file;
    this.base = base;
  }

  /** iopt_map_dmabuf: holds the buffer. ENODEV if it is revoked. */
  @Clause({"IOAS-081", "IOAS-082", "IOAS-083"})
  public @Nullable Errno attach(Kernel kernel) {
    Errno refused = buffer.attach(this);
    if (refused == null) {
      kernel.files().get(file);
      attached = true;
    }
    return refused;
  }

  /** iopt_revoke_notify: takes the pages from every domain, for good. */
  @Clause({"IOAS-086", "IOAS-089", "IOAS-090"})
  public void revoke() {
    mutex.lock();
    if (!isRevoked()) {
      List<Runnable> mapped = new ArrayList<>();
      int ignored = shared.take(new BufferStep.TakeMappings(), step -> takeAll(mapped));
      mapped.forEach(Runnable::run);
      shared.change(new BufferStep.MarkRevoked(), step -> revoked = true);
    }
    mutex.unlock();
  }

  private int takeAll(List<Runnable> mapped) {
    mapped.addAll(unmaps.values());
    unmaps.clear();
    return mapped.size();
  }

  @Override
  public Mutex ownMutex() {
    return mutex;
  }

  @Override
  public long base() {
    return base;
  }

  @Override
  public Result<long[]> take(Kernel kernel, Owner owner, long index, int count, boolean write) {
    long[] frames = new long[count];
    for (int offset = 0; offset < count; offset++) {
      frames[offset] = buffer.firstFrame() + (base >>> PAGE_SHIFT) + index + offset;
    }
    return Result.ok(frames);
  }

  @Override
  public void giveBack(Kernel kernel, long[] frames) {
    // nothing was counted
  }

  @Override
  public boolean isFile() {
    return false;
  }

  @Override
  public boolean isDmabuf() {
    return true;
  }

  @Override
  @Clause("IOAS-084")
  public boolean isCounted() {
    return false;
  }

  @Override
  @Clause({"IOAS-087", "IOAS-088"})
  public boolean isRevoked() {
    return shared.look(new BufferStep.ReadRevoked(), step -> revoked);
  }

  @Override
  public boolean isSeenRevoked() {
    return revoked;
  }

  @Override
  public void mapped(Object where, Runnable unmap) {
    shared.change(new BufferStep.NoteMapping(), step -> unmaps.put(where, unmap));
  }

  @Override
  public void unmapped(Object where) {
    shared.change(new BufferStep.ForgetMapping(), step -> unmaps.remove(where));
  }

  @Override
  public void release(Kernel kernel) {
    if (attached) {
      buffer.detach(this);
      kernel.files().put(file);
    }
  }

  @Override
  public String toString() {
    return "pages of a buffer";
  }
}
