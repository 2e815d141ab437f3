package org.iommuref.model.mutant;

import static org.iommuref.model.mutant.IommufdMutants.mutant;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.IntUnaryOperator;
import java.util.function.LongUnaryOperator;
import org.iommuref.spec.errno.Errno;
import org.iommuref.spec.errno.Result;
import org.iommuref.spec.iommufd.Caller;
import org.iommuref.spec.iommufd.FileId;
import org.iommuref.spec.iommufd.Iommufd;
import org.iommuref.spec.iommufd.Processes;
import org.iommuref.spec.spi.Mutant;

/** The container interface of VFIO, wrong where no list of checks says what is right. */
final class WrongVfio {

  private static final String IOAS = "IOMMU_VFIO_IOAS";
  private static final String SET_IOMMU = "VFIO_SET_IOMMU";
  private static final String MAP = "VFIO_IOMMU_MAP_DMA";
  private static final String UNMAP = "VFIO_IOMMU_UNMAP_DMA";
  private static final String INFO = "VFIO_IOMMU_GET_INFO";
  private static final int TYPE1 = 1;
  private static final int TYPE1V2 = 3;

  private WrongVfio() {}

  static List<Mutant> mutants() {
    return List.of(
        mutant(
            "vfio-dirty-pages",
            "knows the command DIRTY_PAGES",
            WrongKernel.above((right, processes) -> new KnowsDirtyPages(right)),
            "VFIO-001"),
        mutant(
            "vfio-ioas-missing",
            "answers ENOENT where the container has no IOAS",
            WrongCall.failing(IOAS, Errno.ENODEV, Errno.ENOENT),
            "VFIO-002"),
        mutant(
            "vfio-clear-as-get",
            "takes CLEAR for GET",
            WrongCall.taking(IOAS, "op", op -> op == 2 ? 0 : op),
            "VFIO-004"),
        mutant(
            "vfio-ioas-held",
            "lets no IOAS be destroyed that was the container's",
            WrongKernel.above(HoldsIoas::new),
            "VFIO-006"),
        mutant(
            "vfio-version-one",
            "tells another version of the interface",
            returning("VFIO_GET_API_VERSION", version -> 1),
            "VFIO-007"),
        mutant(
            "vfio-no-extension",
            "tells that there is no extension",
            returning("VFIO_CHECK_EXTENSION", is -> 0),
            "VFIO-008",
            "VFIO-010"),
        mutant(
            "vfio-no-unit-offered",
            "tells of devices without a unit in a kernel that has none",
            WrongCall.changed(
                "VFIO_CHECK_EXTENSION", call -> call.argument() == 8 ? Result.ok(1) : call.right()),
            "VFIO-009"),
        mutant(
            "vfio-type1-as-type1v2",
            "takes the first type for the second",
            type(type -> type == TYPE1 ? TYPE1V2 : type),
            "VFIO-014",
            "VFIO-033"),
        mutant(
            "vfio-type1v2-as-type1",
            "takes the second type for the first",
            type(type -> type == TYPE1V2 ? TYPE1 : type),
            "VFIO-015"),
        mutant(
            "vfio-unmap-size-lost",
            "does not notice that the size was not written",
            WrongCall.forgiving(UNMAP, Errno.EFAULT),
            "VFIO-032"),
        mutant("vfio-map-nothing", "maps nothing", WrongCall.doingNothing(MAP), "VFIO-023"),
        mutant(
            "vfio-map-readable",
            "makes what is mapped without rights readable",
            WrongCall.taking(MAP, "flags", flags -> flags == 0 ? 1 : flags),
            "VFIO-025"),
        mutant(
            "vfio-map-wants-rights",
            "refuses a map without rights",
            WrongKernel.above(WantsRights::new),
            "VFIO-024"),
        mutant(
            "vfio-unmap-wants-mapping",
            "fails where there is nothing to unmap",
            WrongKernel.above(WantsMapping::new),
            "VFIO-030"),
        mutant(
            "vfio-unmap-counts-wrong",
            "writes back a page too many, whatever came of it",
            WrongKernel.above(CountsWrong::new),
            "VFIO-031",
            "VFIO-041"),
        mutant(
            "vfio-unmap-forgives",
            "says that it has unmapped a part of a mapping",
            WrongCall.forgiving(UNMAP, Errno.ENOENT),
            "VFIO-034",
            "VFIO-036"),
        mutant(
            "vfio-cut-unpins",
            "unpins both parts of what it cuts",
            WrongKernel.above(
                (right, processes) -> new WrongAccess.UnpinsOn(right, processes, UNMAP)),
            "VFIO-035"),
        mutant(
            "vfio-info-small-pages",
            "tells page sizes below that of the processor",
            WrongCall.answering(INFO, "iova_pgsizes", sizes -> sizes | 0x800),
            "VFIO-043"),
        mutant(
            "vfio-info-nothing-available",
            "tells that no mapping can be made",
            WrongKernel.above((right, processes) -> new SpoilsInfo(right, processes, argsz -> 32)),
            "VFIO-044"),
        mutant(
            "vfio-info-chain-cut-off",
            "tells of capabilities for which there was no room",
            WrongCall.answering(INFO, "cap_offset", offset -> 24),
            "VFIO-045"),
        mutant(
            "vfio-info-size-of-first",
            "tells the size without the ranges",
            WrongCall.answering(INFO, "argsz", size -> 40),
            "VFIO-046"),
        mutant(
            "vfio-info-beyond",
            "writes a byte behind the buffer",
            WrongKernel.above(
                (right, processes) -> new SpoilsInfo(right, processes, argsz -> argsz)),
            "VFIO-047"),
        mutant(
            "vfio-info-fault-forgiven",
            "says that it has told what it could not write",
            WrongCall.forgiving(INFO, Errno.EFAULT),
            "VFIO-049"));
  }

  private static WrongKernel returning(String command, IntUnaryOperator other) {
    return WrongKernel.above(
        (right, processes) ->
            new WrongCall(right, processes, command) {
              @Override
              Result<Integer> call(Caller caller, FileId file, long argument) {
                Result<Integer> result = right(caller, file, argument);
                return result.isOk() ? Result.ok(other.applyAsInt(result.value())) : result;
              }
            });
  }

  private static WrongKernel type(LongUnaryOperator other) {
    return WrongKernel.above(
        (right, processes) ->
            new WrongCall(right, processes, SET_IOMMU) {
              @Override
              Result<Integer> call(Caller caller, FileId file, long argument) {
                return right(caller, file, other.applyAsLong(argument));
              }
            });
  }

  private static final class KnowsDirtyPages extends ForwardingIommufd {
    private static final int DIRTY_PAGES = 0x3b75;

    KnowsDirtyPages(Iommufd right) {
      super(right);
    }

    @Override
    public Result<Integer> ioctl(Caller caller, FileId file, int command, long argument) {
      return command == DIRTY_PAGES
          ? Result.err(Errno.EINVAL)
          : super.ioctl(caller, file, command, argument);
    }
  }

  private static final class HoldsIoas extends WrongCall {
    private final NotesIoas held;

    HoldsIoas(Iommufd right, Processes processes) {
      this(new NotesIoas(right, processes), processes);
    }

    private HoldsIoas(NotesIoas held, Processes processes) {
      super(held, processes, "IOMMU_DESTROY");
      this.held = held;
    }

    @Override
    Result<Integer> call(Caller caller, FileId file, long argument) {
      return held.ids.contains(get(caller, argument, "id"))
          ? Result.err(Errno.EBUSY)
          : right(caller, file, argument);
    }
  }

  private static final class NotesIoas extends WrongCall {
    private final Set<Long> ids = new HashSet<>();

    NotesIoas(Iommufd right, Processes processes) {
      super(right, processes, IOAS);
    }

    @Override
    Result<Integer> call(Caller caller, FileId file, long argument) {
      Long id = get(caller, argument, "ioas_id");
      if (id != null) {
        ids.add(id);
      }
      return right(caller, file, argument);
    }
  }

  private static final class WantsRights extends WrongCall {
    WantsRights(Iommufd right, Processes processes) {
      super(right, processes, MAP);
    }

    @Override
    Result<Integer> call(Caller caller, FileId file, long argument) {
      Long flags = get(caller, argument, "flags");
      return flags != null && flags == 0 ? Result.err(Errno.EINVAL) : right(caller, file, argument);
    }
  }

  private static final class WantsMapping extends WrongCall {
    WantsMapping(Iommufd right, Processes processes) {
      super(right, processes, UNMAP);
    }

    @Override
    Result<Integer> call(Caller caller, FileId file, long argument) {
      Result<Integer> result = right(caller, file, argument);
      Long size = get(caller, argument, "size");
      return result.isOk() && size != null && size == 0 ? Result.err(Errno.ENOENT) : result;
    }
  }

  private static final class CountsWrong extends WrongCall {
    CountsWrong(Iommufd right, Processes processes) {
      super(right, processes, UNMAP);
    }

    @Override
    Result<Integer> call(Caller caller, FileId file, long argument) {
      Result<Integer> result = right(caller, file, argument);
      Long size = get(caller, argument, "size");
      if (size != null) {
        set(caller, argument, "size", size + Processes.PAGE_SIZE);
      }
      return result;
    }
  }

  /** Writes a zero where something else belongs. */
  private static final class SpoilsInfo extends WrongCall {
    private final Processes processes;
    private final LongUnaryOperator where;

    SpoilsInfo(Iommufd right, Processes processes, LongUnaryOperator where) {
      super(right, processes, INFO);
      this.processes = processes;
      this.where = where;
    }

    @Override
    Result<Integer> call(Caller caller, FileId file, long argument) {
      Long argsz = get(caller, argument, "argsz");
      Result<Integer> result = right(caller, file, argument);
      if (result.isOk() && argsz != null) {
        long at = argument + where.applyAsLong(argsz);
        var ignored = processes.copyOut(caller.process(), at, new byte[1]);
      }
      return result;
    }
  }
}
