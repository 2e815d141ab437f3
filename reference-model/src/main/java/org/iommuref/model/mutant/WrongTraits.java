package org.iommuref.model.mutant;

import static org.iommuref.model.mutant.IommufdMutants.mutant;
import static org.iommuref.model.mutant.WrongCall.answering;
import static org.iommuref.model.mutant.WrongCall.forgiving;

import java.util.List;
import java.util.Optional;
import org.iommuref.model.core.CoreContext;
import org.iommuref.model.core.DomainSwitch;
import org.iommuref.model.core.Group;
import org.iommuref.model.core.Ownership;
import org.iommuref.spec.access.Rid;
import org.iommuref.spec.backend.BackendExtension;
import org.iommuref.spec.backend.DeviceCapabilities;
import org.iommuref.spec.backend.DomainId;
import org.iommuref.spec.backend.IommuBackend;
import org.iommuref.spec.errno.Errno;
import org.iommuref.spec.errno.Result;
import org.iommuref.spec.errno.Result.Done;
import org.iommuref.spec.spi.Mutant;

/** Devices that are not like others, taken for such as are. */
final class WrongTraits {

  private static final String BIND = "IOMMU_TEST_OP_MOCK_DOMAIN";
  private static final String INFO = "IOMMU_GET_HW_INFO";

  private WrongTraits() {}

  static List<Mutant> mutants() {
    return List.of(
        mutant(
            "bound-device-not-blocked",
            "leaves a device that is bound in its default domain",
            WrongKernel.overCore(parts -> parts.withOwnership(NotBlocking::new)),
            "DEV-006"),
        mutant(
            "page-table-of-any-driver",
            "says that a device is attached to a page table of another driver",
            forgiving(BIND, Errno.EINVAL).overIdeal(),
            "DEV-034"),
        mutant(
            "coherency-never-enforced",
            "makes no page table that enforces coherency",
            WrongKernel.overDriver(driver -> new Incapable(driver, 0)),
            "DEV-035",
            "HWPT-015"),
        mutant(
            "some-pasid-of-each-device",
            "takes a device without PASIDs for one whose PASIDs are too few",
            WrongKernel.overDriver(driver -> new Incapable(driver, 1)),
            "DEV-045"),
        mutant(
            "right-to-execute-untold",
            "does not tell that PASIDs have the right to execute",
            answering(INFO, "out_capabilities", told -> told & ~2).overIdeal(),
            "DEV-065"),
        mutant(
            "right-to-privilege-untold",
            "does not tell that PASIDs have the right to privileged accesses",
            answering(INFO, "out_capabilities", told -> told & ~4).overIdeal(),
            "DEV-065"));
  }

  /** Notes the owner and blocks nothing. */
  private static final class NotBlocking extends Ownership {

    NotBlocking(CoreContext context, DomainSwitch domainSwitch) {
      super(context, domainSwitch);
    }

    @Override
    protected Result<Done> block(Group group, DomainId blocking) {
      return Result.done();
    }
  }

  /** A driver whose devices cannot enforce coherency, and have at least so many PASIDs. */
  private static final class Incapable extends Forwarding {

    private final int leastPasids;

    Incapable(IommuBackend backend, int leastPasids) {
      super(backend);
      this.leastPasids = leastPasids;
    }

    @Override
    public <E extends BackendExtension> Optional<E> extension(Class<E> type) {
      Optional<E> own = super.extension(type);
      return type == DeviceCapabilities.class
          ? own.map(DeviceCapabilities.class::cast).map(right -> type.cast(less(right)))
          : own;
    }

    private DeviceCapabilities less(DeviceCapabilities right) {
      return new DeviceCapabilities() {
        @Override
        public boolean isCapable(Rid device, Cap capability) {
          return capability != Cap.ENFORCE_CACHE_COHERENCY && right.isCapable(device, capability);
        }

        @Override
        public int maxPasids(Rid device) {
          return Math.max(leastPasids, right.maxPasids(device));
        }
      };
    }
  }
}
