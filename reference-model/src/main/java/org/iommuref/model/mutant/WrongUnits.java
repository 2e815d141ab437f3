package org.iommuref.model.mutant;

import static org.iommuref.model.mutant.IommufdMutants.mutant;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.iommuref.spec.errno.Errno;
import org.iommuref.spec.errno.Result;
import org.iommuref.spec.iommufd.Caller;
import org.iommuref.spec.iommufd.FileId;
import org.iommuref.spec.iommufd.Iommufd;
import org.iommuref.spec.iommufd.ProcessId;
import org.iommuref.spec.iommufd.Processes;
import org.iommuref.spec.iommufd.uapi.Uapi;
import org.iommuref.spec.spi.Mutant;

/** Virtual units and virtual devices, wrong where no list of checks says what is right. */
final class WrongUnits {

  private static final int DATA_BYTES = 24;
  private static final int DATA_BEFORE_LENGTH = 16;

  private WrongUnits() {}

  static List<Mutant> mutants() {
    return List.of(
        mutant(
            "unit-with-any-data",
            "gives the driver no data where there is a single byte",
            WrongCall.taking("IOMMU_VIOMMU_ALLOC", "data_len", n -> n == 1 ? 0 : n),
            "VIOMMU-006"),
        mutant(
            "unit-reads-without-length",
            "reads data of a unit though their length is 0",
            WrongCall.taking("IOMMU_VIOMMU_ALLOC", "data_len", n -> n == 0 ? DATA_BYTES : n),
            "VIOMMU-008"),
        mutant(
            "unit-holds-device",
            "lets nothing be destroyed once there is a unit",
            WrongKernel.above((iommufd, processes) -> new Holding(iommufd)),
            "VIOMMU-009"),
        mutant(
            "virtual-id-twice",
            "succeeds without effect for a virtual id that is taken",
            WrongCall.forgiving("IOMMU_VDEVICE_ALLOC", Errno.EEXIST),
            "VIOMMU-014"),
        mutant(
            "virtual-id-once",
            "takes a virtual id once in all units and for ever",
            WrongKernel.above(OneSpace::new),
            "VIOMMU-015",
            "VIOMMU-019"),
        mutant(
            "virtual-device-lost",
            "makes a virtual device that no command of the guest finds",
            WrongCall.taking("IOMMU_VDEVICE_ALLOC", "virt_id", id -> id == 0x99 ? id + 1 : id),
            "VIOMMU-018"),
        mutant(
            "nested-without-virtual-device",
            "takes a nested page table of a unit without a virtual device",
            WrongCall.forgiving("IOMMU_TEST_OP_MOCK_DOMAIN_REPLACE", Errno.ENOENT),
            "VIOMMU-022"),
        mutant(
            "region-without-length",
            "does not say how long the region of a unit is",
            WrongKernel.below(WithoutLength::new),
            "VIOMMU-023"));
  }

  private static final class Holding extends ForwardingIommufd {
    private boolean unit;

    Holding(Iommufd right) {
      super(right);
    }

    @Override
    public Result<Integer> ioctl(Caller caller, FileId file, int command, long argument) {
      if (unit && command == Uapi.linux().command("IOMMU_DESTROY").number()) {
        return Result.err(Errno.EBUSY);
      }
      Result<Integer> result = super.ioctl(caller, file, command, argument);
      unit |= result.isOk() && command == Uapi.linux().command("IOMMU_VIOMMU_ALLOC").number();
      return result;
    }
  }

  private static final class OneSpace extends WrongCall {
    private final Set<Long> taken = new HashSet<>();

    OneSpace(Iommufd right, Processes processes) {
      super(right, processes, "IOMMU_VDEVICE_ALLOC");
    }

    @Override
    Result<Integer> call(Caller caller, FileId file, long argument) {
      Long id = get(caller, argument, "virt_id");
      if (id != null && taken.contains(id)) {
        return Result.err(Errno.EEXIST);
      }
      Result<Integer> result = right(caller, file, argument);
      if (id != null && result.isOk()) {
        taken.add(id);
      }
      return result;
    }
  }

  private static final class WithoutLength extends ForwardingProcesses {
    WithoutLength(Processes right) {
      super(right);
    }

    @Override
    public Result<Integer> copyOut(ProcessId process, long address, byte[] bytes) {
      byte[] copy = bytes.clone();
      if (copy.length == DATA_BYTES) {
        Arrays.fill(copy, DATA_BEFORE_LENGTH, DATA_BYTES, (byte) 0);
      }
      return super.copyOut(process, address, copy);
    }
  }
}
