package org.iommuref.model.mutant;

import static org.iommuref.model.mutant.IommufdMutants.mutant;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.iommuref.spec.errno.Errno;
import org.iommuref.spec.errno.Result;
import org.iommuref.spec.iommufd.Caller;
import org.iommuref.spec.iommufd.FileId;
import org.iommuref.spec.iommufd.Iommufd;
import org.iommuref.spec.iommufd.Processes;
import org.iommuref.spec.spi.Mutant;

/** Copies, wrong beside the checks. */
final class WrongCopies {

  private static final String COPY = "IOMMU_IOAS_COPY";
  private static final String MAP = "IOMMU_IOAS_MAP";
  private static final String UNMAP = "IOMMU_IOAS_UNMAP";
  private static final long PAGE = 0x1000;
  private static final long FIXED_AND_BOTH = 7;
  private static final List<String> FIELDS =
      List.of("flags", "src_ioas_id", "src_iova", "dst_ioas_id", "dst_iova", "length");

  private WrongCopies() {}

  static List<Mutant> mutants() {
    return List.of(
        mutant(
            "ioas-copy-passes-over-gaps",
            "succeeds where the source has a gap",
            WrongCall.forgiving(COPY, Errno.ENOENT),
            "IOAS-097"),
        mutant(
            "ioas-copy-from-the-beginning",
            "copies the beginning of a mapping in place of its part",
            WrongCall.taking(COPY, "src_iova", iova -> iova & -4 * PAGE),
            "IOAS-101"),
        mutant(
            "ioas-copy-page-by-page",
            "makes a mapping of each page",
            WrongCall.changed(COPY, WrongCopies::pageByPage),
            "IOAS-102"),
        mutant(
            "ioas-copy-maps-again",
            "pins the memory once more",
            WrongKernel.above((right, processes) -> new AfterMap(right, processes, COPY)),
            "IOAS-104"),
        mutant(
            "ioas-unmap-takes-copies",
            "removes a copy with its source",
            WrongKernel.above(WithCopies::new),
            "IOAS-105"),
        mutant(
            "ioas-copy-needs-two",
            "refuses one IOAS as source and destination",
            WrongCall.changed(COPY, WrongCopies::refuseOne),
            "IOAS-106"),
        mutant(
            "ioas-copy-always-writeable",
            "gives copies of what can be written the right to write",
            WrongCall.changed(COPY, WrongCopies::withRightToWrite),
            "IOAS-107"));
  }

  private static Map<String, Long> fields(OneCall call) {
    Map<String, Long> fields = new HashMap<>();
    FIELDS.forEach(field -> fields.put(field, call.get(field)));
    return fields;
  }

  private static Result<Integer> pageByPage(OneCall call) {
    Map<String, Long> fields = fields(call);
    long length = fields.getOrDefault("length", 0L);
    if (length % PAGE != 0 || Long.compareUnsigned(length, 16 * PAGE) > 0 || length == 0) {
      return call.right();
    }
    fields.put("length", PAGE);
    for (long done = 0; done < length; done += PAGE) {
      if (!call.succeeds(COPY, fields)) {
        return call.right();
      }
      fields.merge("src_iova", PAGE, Long::sum);
      fields.merge("dst_iova", PAGE, Long::sum);
    }
    return Result.ok(0);
  }

  private static Result<Integer> refuseOne(OneCall call) {
    boolean one = call.get("src_ioas_id") == call.get("dst_ioas_id");
    return one ? Result.err(Errno.EINVAL) : call.right();
  }

  private static Result<Integer> withRightToWrite(OneCall call) {
    Map<String, Long> fields = fields(call);
    fields.put("flags", FIXED_AND_BOTH);
    return call.succeeds(COPY, fields) ? Result.ok(0) : call.right();
  }

  /** A copy maps what the last IOAS_MAP mapped, at the destination. */
  private static final class AfterMap extends ForwardingIommufd {
    private final WrongCall copy;
    private long address;

    AfterMap(Iommufd right, Processes processes, String command) {
      super(right);
      WrongCall map =
          WrongCall.of(
              right,
              processes,
              MAP,
              call -> {
                address = call.get("user_va");
                return call.right();
              });
      this.copy =
          WrongCall.of(
              map,
              processes,
              command,
              call -> {
                Map<String, Long> fields = new HashMap<>();
                fields.put("flags", call.get("flags"));
                fields.put("ioas_id", call.get("dst_ioas_id"));
                fields.put("iova", call.get("dst_iova"));
                fields.put("length", call.get("length"));
                fields.put("user_va", address);
                return call.succeeds(MAP, fields) ? Result.ok(0) : call.right();
              });
    }

    @Override
    public Result<Integer> ioctl(Caller caller, FileId file, int command, long argument) {
      return copy.ioctl(caller, file, command, argument);
    }
  }

  /** An unmap removes the last copy too. */
  private static final class WithCopies extends ForwardingIommufd {
    private final WrongCall unmap;
    private final Map<String, Long> last = new HashMap<>();

    WithCopies(Iommufd right, Processes processes) {
      super(right);
      WrongCall copy =
          WrongCall.of(
              right,
              processes,
              COPY,
              call -> {
                last.put("ioas_id", call.get("dst_ioas_id"));
                last.put("iova", call.get("dst_iova"));
                last.put("length", call.get("length"));
                return call.right();
              });
      this.unmap =
          WrongCall.of(
              copy,
              processes,
              UNMAP,
              call -> {
                Result<Integer> result = call.right();
                if (!last.isEmpty()) {
                  call.also(UNMAP, last);
                }
                return result;
              });
    }

    @Override
    public Result<Integer> ioctl(Caller caller, FileId file, int command, long argument) {
      return unmap.ioctl(caller, file, command, argument);
    }
  }
}
