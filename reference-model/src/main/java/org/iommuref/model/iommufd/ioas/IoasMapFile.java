package org.iommuref.model.iommufd.ioas;

import static org.iommuref.model.iommufd.ioctl.Field.in32;
import static org.iommuref.model.iommufd.ioctl.Field.in64;
import static org.iommuref.spec.errno.Errno.EBADF;
import static org.iommuref.spec.errno.Errno.EINVAL;
import static org.iommuref.spec.errno.Errno.ENOENT;
import static org.iommuref.spec.errno.Errno.EOPNOTSUPP;
import static org.iommuref.spec.errno.Errno.EOVERFLOW;

import org.iommuref.model.check.Checks;
import org.iommuref.model.iommufd.ioctl.Command;
import org.iommuref.model.iommufd.ioctl.CommandLayout;
import org.iommuref.model.iommufd.ioctl.Field;
import org.iommuref.model.iommufd.ioctl.Ucmd;
import org.iommuref.model.iommufd.kernel.CheckList;
import org.iommuref.model.iommufd.kernel.Kernel;
import org.iommuref.model.iommufd.pages.DmabufPages;
import org.iommuref.model.iommufd.pages.FilePages;
import org.iommuref.model.iommufd.pages.OwnFilePages;
import org.iommuref.model.iommufd.pages.Pages;
import org.iommuref.model.iommufd.pages.PagesMaking;
import org.iommuref.model.iommufd.pages.PagesSource;
import org.iommuref.model.iommufd.pages.SharedBuffer;
import org.iommuref.spec.backend.Prot;
import org.iommuref.spec.errno.Errno;
import org.iommuref.spec.errno.Result;
import org.iommuref.spec.iommufd.Processes;
import org.iommuref.spec.iommufd.Processes.Descriptor;
import org.jspecify.annotations.Nullable;

/** IOMMU_IOAS_MAP_FILE: maps a part of a file. */
public final class IoasMapFile {

  private static final Field FLAGS = in32("flags", 4);
  private static final Field IOAS_ID = in32("ioas_id", 8);
  private static final Field FD = in32("fd", 12);
  private static final Field START = in64("start", 16);
  private static final Field LENGTH = in64("length", 24);
  private static final Field IOVA = in64("iova", 32).inOut();

  /** The command. IOAS-073. */
  public static final Command COMMAND =
      Command.of(
              "IOMMU_IOAS_MAP_FILE",
              0x3b8f,
              CommandLayout.of("iommu_ioas_map_file", 40, FLAGS, IOAS_ID, FD, START, LENGTH, IOVA),
              Checks.<Ucmd>inOrder()
                  .when(
                      "IOAS-064",
                      "a flag is unknown",
                      u -> u.hasUnknown(FLAGS, MapFlags.KNOWN),
                      EOPNOTSUPP)
                  .when(
                      "IOAS-065",
                      "the IOVA is too large",
                      u -> MapFlags.isTooLarge(u.u64(IOVA)),
                      EOVERFLOW)
                  .when(
                      "IOAS-065",
                      "the length is too large",
                      u -> MapFlags.isTooLarge(u.u64(LENGTH)),
                      EOVERFLOW)
                  .when(
                      "IOAS-066",
                      "neither reading nor writing",
                      u -> MapFlags.hasNoRight(u.u32(FLAGS)),
                      EINVAL)
                  .needs(
                      "IOAS-067",
                      "there is no such IOAS",
                      u -> u.misses(IOAS_ID, Ioas.class),
                      ENOENT)
                  .when("IOAS-068", "there is no length", u -> u.u64(LENGTH) == 0, EINVAL)
                  .when("IOAS-069", "the part wraps", IoasMapFile::wraps, EOVERFLOW)
                  .needs("IOAS-070", "nothing is open", IoasMapFile::isClosed, EBADF),
              IoasMapFile::run)
          .orderedBy("IOAS-073");

  /** What is asked of a part of a shared buffer. Linux: iopt_alloc_dmabuf_pages. */
  public static final CheckList<Part> DMABUF =
      new CheckList<>(
          "iopt_alloc_dmabuf_pages",
          Checks.<Part>inOrder().when("IOAS-080", "it ends outside", Part::isOutside, EINVAL));

  private IoasMapFile() {}

  private static boolean wraps(Ucmd ucmd) {
    return Long.compareUnsigned(ucmd.u64(START) + ucmd.u64(LENGTH) - 1, ucmd.u64(START)) < 0;
  }

  private static Descriptor descriptor(Ucmd ucmd) {
    return ucmd.kernel().processes().descriptor(ucmd.caller().process(), ucmd.u32(FD));
  }

  private static boolean isClosed(Ucmd ucmd) {
    return descriptor(ucmd) instanceof Descriptor.Closed;
  }

  private static @Nullable Errno run(Ucmd ucmd) {
    Prot prot = MapFlags.prot(ucmd.u32(FLAGS));
    long offset = ucmd.u64(START) & (Processes.PAGE_SIZE - 1);
    SharedBuffer named = buffer(ucmd);
    Errno outside = named == null ? null : DMABUF.refusal(ucmd.kernel(), new Part(ucmd, named));
    if (outside != null) {
      return outside;
    }
    PagesSource source = source(ucmd, ucmd.u64(START) - offset);
    if (source == null) {
      return EBADF;
    }
    Result<Pages> pages =
        PagesMaking.of(
            ucmd.kernel(),
            ucmd.caller(),
            ucmd.context().accountMode(),
            source,
            offset,
            ucmd.u64(LENGTH),
            prot.write());
    if (!pages.isOk()) {
      source.release(ucmd.kernel());
      return pages.errno();
    }
    if (source instanceof DmabufPages dmabuf) {
      Errno refused = dmabuf.attach(ucmd.kernel());
      if (refused != null) {
        pages.value().put();
        return refused;
      }
    }
    return map(ucmd, pages.value(), offset, prot);
  }

  private static @Nullable Errno map(Ucmd ucmd, Pages pages, long offset, Prot prot) {
    boolean fixed = (ucmd.u32(FLAGS) & MapFlags.FIXED_IOVA) != 0;
    Result<Long> mapped =
        Mapping.map(
            ucmd.held(IOAS_ID, Ioas.class).iopt(),
            pages,
            offset,
            ucmd.u64(LENGTH),
            fixed ? ucmd.u64(IOVA) : null,
            prot);
    if (!mapped.isOk()) {
      return mapped.errno();
    }
    ucmd.set(IOVA, mapped.value());
    return ucmd.respond();
  }

  /**
   * A part of a shared buffer.
   *
   * @param ucmd the call that says which
   */
  public record Part(Ucmd ucmd, SharedBuffer buffer) {
    private boolean isOutside() {
      long last = ucmd.u64(START) + ucmd.u64(LENGTH) - 1;
      return Long.compareUnsigned(buffer.size(), last) <= 0;
    }
  }

  /** The buffer that the descriptor names, or null. IOAS-072. */
  private static @Nullable SharedBuffer buffer(Ucmd ucmd) {
    return descriptor(ucmd) instanceof Descriptor.Ours ours
            && ucmd.kernel().files().find(ours.file()) instanceof SharedBuffer buffer
        ? buffer
        : null;
  }

  /** IOAS-074. */
  private static @Nullable PagesSource source(Ucmd ucmd, long base) {
    Kernel kernel = ucmd.kernel();
    Descriptor descriptor = descriptor(ucmd);
    if (descriptor instanceof Descriptor.Ours ours) {
      SharedBuffer buffer = buffer(ucmd);
      if (buffer != null) {
        return new DmabufPages(kernel, buffer, ours.file(), base);
      }
      return OwnFilePages.of(kernel, ours.file(), base);
    }
    return descriptor instanceof Descriptor.Other other
        ? FilePages.of(kernel, other.file(), base)
        : null;
  }
}
