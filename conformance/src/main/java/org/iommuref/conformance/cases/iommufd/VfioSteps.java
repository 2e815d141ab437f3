package org.iommuref.conformance.cases.iommufd;

import java.util.function.UnaryOperator;

/** Steps of programs that use a context as a container of VFIO, for {@link Program#with}. */
final class VfioSteps {

  static final int TYPE1 = 1;
  static final int TYPE1V2 = 3;

  /** Of VFIO_IOMMU_MAP_DMA. */
  static final int READ_WRITE = 3;

  /** Of VFIO_IOMMU_UNMAP_DMA. */
  static final int ALL = 2;

  static final int GET = 0;
  static final int SET = 1;
  static final int CLEAR = 2;

  private VfioSteps() {}

  /** A VFIO_IOAS whose end is still to be said. */
  static Ioctl container(Program p, int operation) {
    return p.ioctl("IOMMU_VFIO_IOAS").set("op", operation);
  }

  /** A new IOAS that is the container's. */
  static UnaryOperator<Program> contained(String ioas) {
    return p -> container(p.ioas(ioas), SET).id("ioas_id", ioas).succeeds();
  }

  /** A new IOAS that is the container's, of the first type: mappings can be cut. */
  static UnaryOperator<Program> type1(String ioas) {
    return p -> plain(contained(ioas).apply(p), "VFIO_SET_IOMMU", TYPE1).succeeds();
  }

  /** A command whose argument is a number. */
  static Ioctl plain(Program p, String command, long argument) {
    return p.ioctl(command).at(argument);
  }

  /** A VFIO_IOMMU_MAP_DMA for reading and writing whose end is still to be said. */
  static Ioctl mapping(Program p, long iova, long address, long size) {
    return p.ioctl("VFIO_IOMMU_MAP_DMA")
        .set("flags", READ_WRITE)
        .set("vaddr", address)
        .set("iova", iova)
        .set("size", size);
  }

  /** A VFIO_IOMMU_UNMAP_DMA of a range whose end is still to be said. */
  static Ioctl unmapping(Program p, long iova, long size) {
    return p.ioctl("VFIO_IOMMU_UNMAP_DMA").set("iova", iova).set("size", size);
  }
}
