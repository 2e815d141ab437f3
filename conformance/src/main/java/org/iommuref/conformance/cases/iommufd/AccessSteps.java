package org.iommuref.conformance.cases.iommufd;

import java.util.function.UnaryOperator;

/** Steps of programs that use accesses of the test interface, for {@link Program#with}. */
final class AccessSteps {

  /** Of CREATE_ACCESS. */
  static final long NEEDS_PIN_PAGES = 1;

  /** Of ACCESS_PAGES and ACCESS_RW. */
  static final long WRITE = 1;

  /** Of ACCESS_RW: page by page, as the kernel does it for others than the owner. */
  static final long SLOW_PATH = 4;

  private AccessSteps() {}

  /** An access that pins pages. */
  static UnaryOperator<Program> access(String access, String ioas) {
    return p -> accessing(p, access, ioas).set("flags", NEEDS_PIN_PAGES).succeeds();
  }

  /** An access that only reads and writes. */
  static UnaryOperator<Program> plainAccess(String access, String ioas) {
    return p -> accessing(p, access, ioas).succeeds();
  }

  /** A CREATE_ACCESS whose end is still to be said. */
  static Ioctl accessing(Program p, String access, String ioas) {
    return p.ioctl("IOMMU_TEST_OP_CREATE_ACCESS").id("id", ioas).names("out_access_fd", access);
  }

  /** A pin that succeeds, for reading. */
  static UnaryOperator<Program> pin(String pin, String access, long iova, long length) {
    return p -> pinning(p, access, iova, length).names("out_access_pages_id", pin).succeeds();
  }

  /** An ACCESS_PAGES whose end is still to be said. */
  static Ioctl pinning(Program p, String access, long iova, long length) {
    return p.ioctl("IOMMU_TEST_OP_ACCESS_PAGES")
        .id("id", access)
        .set("iova", iova)
        .set("length", length);
  }

  static UnaryOperator<Program> unpin(String pin, String access) {
    return p -> unpinning(p, pin, access).succeeds();
  }

  /** A DESTROY_ACCESS_PAGES whose end is still to be said. */
  static Ioctl unpinning(Program p, String pin, String access) {
    return p.ioctl("IOMMU_TEST_OP_DESTROY_ACCESS_PAGES")
        .id("id", access)
        .id("access_pages_id", pin);
  }

  /** An ACCESS_RW from or to an address of the caller; its end is still to be said. */
  static Ioctl moving(Program p, String access, long iova, long length, long address) {
    return p.ioctl("IOMMU_TEST_OP_ACCESS_RW")
        .id("id", access)
        .set("iova", iova)
        .set("length", length)
        .set("uptr", address);
  }

  /** An ACCESS_REPLACE_IOAS whose end is still to be said. */
  static Ioctl replacing(Program p, String access, String ioas) {
    return p.ioctl("IOMMU_TEST_OP_ACCESS_REPLACE_IOAS").id("id", access).id("ioas_id", ioas);
  }
}
