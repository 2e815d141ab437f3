package org.iommuref.model.iommufd.viommu;

import static org.iommuref.spec.errno.Errno.EINVAL;
import static org.iommuref.spec.errno.Errno.ENXIO;
import static org.iommuref.spec.errno.Errno.EPERM;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.iommuref.model.check.Checks;
import org.iommuref.model.iommufd.context.Context;
import org.iommuref.model.iommufd.kernel.CheckList;
import org.iommuref.model.iommufd.object.ObjectBody;
import org.iommuref.spec.errno.Errno;
import org.iommuref.spec.errno.Result;
import org.iommuref.spec.errno.Result.Done;
import org.iommuref.spec.iommufd.Processes;
import org.jspecify.annotations.Nullable;

/** The regions that a user can map of a context. Linux: iommufd_ctx.mt_mmap, iommufd_fops_mmap. */
public final class MmapRegions {

  /** What is asked of a mapping. */
  public static final CheckList<Request> CHECKS =
      new CheckList<>(
          "iommufd_fops_mmap",
          Checks.<Request>inOrder()
              .when("UAPI-071", "the mapping is private", r -> !r.shared, EINVAL)
              .when("UAPI-072", "the mapping is for code", r -> r.executable, EPERM)
              .needs("UAPI-073", "nothing begins there", r -> r.region() == null, ENXIO)
              .when("UAPI-074", "the length is another", Request::isOfOtherLength, ENXIO));

  private final Context context;
  private final TreeMap<Long, Region> regions = new TreeMap<>();

  /** No region. */
  public MmapRegions(Context context) {
    this.context = context;
  }

  private record Region(ObjectBody owner, List<Long> frames) {

    long length() {
      return frames.size() * (long) Processes.PAGE_SIZE;
    }
  }

  /**
   * A mapping that is asked for.
   *
   * @param length in bytes, whole pages
   */
  public record Request(
      MmapRegions regions, long offset, long length, boolean shared, boolean executable) {

    private @Nullable Region region() {
      return regions.regions.get(offset);
    }

    private boolean isOfOtherLength() {
      Region region = region();
      return region != null && region.length() != length;
    }
  }

  /** _iommufd_alloc_mmap: the lowest offset from one page on where the frames have room. */
  long add(ObjectBody owner, long[] frames) {
    Region region = new Region(owner, Arrays.stream(frames).boxed().toList());
    long offset = Processes.PAGE_SIZE;
    for (Map.Entry<Long, Region> each : regions.entrySet()) {
      if (each.getKey() - offset >= region.length()) {
        break;
      }
      offset = each.getKey() + each.getValue().length();
    }
    regions.put(offset, region);
    return offset;
  }

  /** _iommufd_destroy_mmap. */
  void remove(long offset) {
    regions.remove(offset);
  }

  /** Maps a region whole; it holds the owner and the file. The frames, or EINVAL, EPERM, ENXIO. */
  public Result<long[]> map(long offset, long length, boolean shared, boolean executable) {
    if (length == 0 || (offset & (Processes.PAGE_SIZE - 1)) != 0) {
      return Result.err(EINVAL); // the system call itself
    }
    long whole = (length + Processes.PAGE_SIZE - 1) & -Processes.PAGE_SIZE;
    Request request = new Request(this, offset, whole, shared, executable);
    Errno refusal = CHECKS.refusal(context.kernel(), request);
    Region region = request.region();
    if (refusal != null || region == null) {
      return Result.err(refusal == null ? ENXIO : refusal);
    }
    region.owner().object().hold();
    context.get();
    return Result.ok(region.frames().stream().mapToLong(Long::longValue).toArray());
  }

  /** Ends one mapping. ENXIO if there is no such region. */
  public Result<Done> unmap(long offset) {
    Region region = regions.get(offset);
    if (region == null) {
      return Result.err(ENXIO);
    }
    region.owner().object().drop();
    context.put();
    return Result.done();
  }
}
