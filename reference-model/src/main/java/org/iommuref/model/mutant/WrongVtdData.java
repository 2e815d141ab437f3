package org.iommuref.model.mutant;

import static org.iommuref.model.mutant.IommufdMutants.mutant;

import java.util.List;
import java.util.stream.Stream;
import org.iommuref.model.iommufd.ModelProvider;
import org.iommuref.spec.errno.Result;
import org.iommuref.spec.spi.Mutant;

/** Data of VT-d's driver in another layout, where a class path has that driver. */
final class WrongVtdData {

  private static final String SCALABLE = "vtd-scalable";

  private WrongVtdData() {}

  static List<Mutant> mutants() {
    return ModelProvider.onClassPath().stream()
        .filter(target -> target.name().equals(SCALABLE))
        .flatMap(WrongVtdData::over)
        .toList();
  }

  private static Stream<Mutant> over(ModelProvider target) {
    return Stream.of(
        mutant(
            "vtd-table-address-first",
            "has the address of a table of VT-d before its flags",
            turning("IOMMU_HWPT_ALLOC").over(target),
            "UAPI-059"),
        mutant(
            "vtd-entry-pages-first",
            "has the number of pages of an entry of VT-d before their address",
            turning("IOMMU_HWPT_INVALIDATE").over(target),
            "UAPI-081"));
  }

  /** The first two numbers of the driver's data change places. */
  private static WrongKernel turning(String command) {
    return WrongCall.changed(
        command,
        call -> {
          long data = call.get("data_uptr");
          long first = call.peek(data);
          long second = call.peek(data + Long.BYTES);
          call.poke(data, second);
          call.poke(data + Long.BYTES, first);
          Result<Integer> result = call.right();
          call.poke(data, first);
          call.poke(data + Long.BYTES, second);
          return result;
        });
  }
}
