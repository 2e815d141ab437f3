package org.iommuref.model.iommufd.ioas;

import java.util.List;
import java.util.Objects;
import org.iommuref.model.iommufd.context.Context;
import org.iommuref.model.iommufd.pages.Pages;
import org.iommuref.model.iommufd.pages.PagesMaking;
import org.iommuref.model.iommufd.pagetable.IoPagetable;
import org.iommuref.model.iommufd.pagetable.PagesSlice;
import org.iommuref.spec.backend.Prot;
import org.iommuref.spec.errno.Result;
import org.iommuref.spec.iommufd.Caller;
import org.iommuref.spec.iommufd.Processes;
import org.jspecify.annotations.Nullable;

/** Maps pages that were just made. Linux: iopt_map_common. */
public final class Mapping {

  private Mapping() {}

  /** Maps one slice; after a failure nothing of the pages is left. */
  public static Result<Long> map(
      IoPagetable iopt, Pages pages, long startByte, long length, @Nullable Long fixed, Prot prot) {
    PagesSlice slice = new PagesSlice(pages, startByte, length);
    Result<Long> mapped = iopt.map(List.of(slice), length, fixed, prot);
    if (!mapped.isOk()) {
      slice.free();
    }
    return mapped;
  }

  /** iopt_map_user_pages: maps memory of the caller. */
  public static Result<Long> mapMemory(
      Context context,
      Caller caller,
      Ioas ioas,
      long address,
      long length,
      @Nullable Long fixed,
      Prot prot) {
    Result<Pages> pages =
        PagesMaking.ofMemory(
            context.kernel(), caller, context.accountMode(), address, length, prot.write());
    if (!pages.isOk()) {
      return refused(pages);
    }
    long offset = address & (Processes.PAGE_SIZE - 1);
    return map(ioas.iopt(), pages.value(), offset, length, fixed, prot);
  }

  /** The same failure of a call that would have yielded an IOVA. */
  public static Result<Long> refused(Result<?> failed) {
    return Result.err(Objects.requireNonNull(failed.errno()));
  }
}
