package org.iommuref.model.mutant;

import static org.iommuref.model.mutant.IommufdMutants.mutant;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.iommuref.spec.errno.Errno;
import org.iommuref.spec.errno.Result;
import org.iommuref.spec.iommufd.Caller;
import org.iommuref.spec.iommufd.FileId;
import org.iommuref.spec.spi.Mutant;

/** Structures of commands whose first version is taken to be longer, or shorter, than it was. */
final class WrongStructures {

  /** How long the first version of each structure was, in bytes, and the clause that says so. */
  private static final Map<String, Minimum> MINIMA =
      new TreeMap<>(
          Map.ofEntries(
              Map.entry("IOMMU_DESTROY", new Minimum("UAPI-022", 8)),
              Map.entry("IOMMU_IOAS_ALLOC", new Minimum("UAPI-023", 12)),
              Map.entry("IOMMU_IOAS_ALLOW_IOVAS", new Minimum("UAPI-024", 24)),
              Map.entry("IOMMU_IOAS_COPY", new Minimum("UAPI-025", 40)),
              Map.entry("IOMMU_IOAS_IOVA_RANGES", new Minimum("UAPI-026", 32)),
              Map.entry("IOMMU_IOAS_MAP", new Minimum("UAPI-028", 40)),
              Map.entry("IOMMU_IOAS_UNMAP", new Minimum("UAPI-029", 24)),
              Map.entry("IOMMU_OPTION", new Minimum("UAPI-030", 24)),
              Map.entry("IOMMU_VFIO_IOAS", new Minimum("UAPI-031", 12)),
              Map.entry("IOMMU_HWPT_ALLOC", new Minimum("UAPI-032", 24)),
              Map.entry("IOMMU_GET_HW_INFO", new Minimum("UAPI-033", 32)),
              Map.entry("IOMMU_HWPT_SET_DIRTY_TRACKING", new Minimum("UAPI-034", 16)),
              Map.entry("IOMMU_HWPT_GET_DIRTY_BITMAP", new Minimum("UAPI-035", 48)),
              Map.entry("IOMMU_HWPT_INVALIDATE", new Minimum("UAPI-036", 32)),
              Map.entry("IOMMU_FAULT_QUEUE_ALLOC", new Minimum("UAPI-037", 16)),
              Map.entry("IOMMU_IOAS_MAP_FILE", new Minimum("UAPI-038", 40)),
              Map.entry("IOMMU_VIOMMU_ALLOC", new Minimum("UAPI-039", 24)),
              Map.entry("IOMMU_VDEVICE_ALLOC", new Minimum("UAPI-040", 24)),
              Map.entry("IOMMU_IOAS_CHANGE_PROCESS", new Minimum("UAPI-041", 8)),
              Map.entry("IOMMU_VEVENTQ_ALLOC", new Minimum("UAPI-042", 28)),
              Map.entry("IOMMU_HW_QUEUE_ALLOC", new Minimum("UAPI-043", 40)),
              Map.entry("IOMMU_TEST_OP_MD_CHECK_REFS", new Minimum("UAPI-044", 68))));

  private record Minimum(String clause, int bytes) {}

  private WrongStructures() {}

  static List<Mutant> mutants() {
    List<Mutant> all = new ArrayList<>();
    MINIMA.forEach(
        (command, minimum) -> {
          String name = command.toLowerCase(Locale.ROOT).replaceAll("^iommu_", "");
          String plain = name.replace('_', '-');
          all.add(
              mutant(
                  plain + "-longer",
                  "wants four bytes more of " + command,
                  longer(command, minimum.bytes()),
                  minimum.clause()));
          all.add(
              mutant(
                  plain + "-shorter",
                  "takes a byte less of " + command,
                  shorter(command, minimum.bytes()),
                  minimum.clause()));
        });
    return all;
  }

  private static WrongKernel longer(String command, int minimum) {
    return WrongKernel.above(
        (iommufd, processes) ->
            new WrongCall(iommufd, processes, command) {
              @Override
              Result<Integer> call(Caller caller, FileId file, long argument) {
                Long size = get(caller, argument, "size");
                return size != null && size < minimum + 4
                    ? Result.err(Errno.EINVAL)
                    : right(caller, file, argument);
              }
            });
  }

  private static WrongKernel shorter(String command, int minimum) {
    return WrongKernel.above(
        (iommufd, processes) ->
            new WrongCall(iommufd, processes, command) {
              @Override
              Result<Integer> call(Caller caller, FileId file, long argument) {
                Long size = get(caller, argument, "size");
                if (size == null || size != minimum - 1) {
                  return right(caller, file, argument);
                }
                set(caller, argument, "size", minimum);
                return right(caller, file, argument);
              }
            });
  }
}
