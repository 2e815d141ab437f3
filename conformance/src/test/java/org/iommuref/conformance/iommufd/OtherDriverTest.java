package org.iommuref.conformance.iommufd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.iommuref.conformance.iommufd.Program.PAGE;

import org.iommuref.conformance.iommufd.Program.Bound;
import org.iommuref.model.iommufd.ModelProvider;
import org.iommuref.spec.access.Rid;
import org.iommuref.spec.backend.BackendExtension;
import org.iommuref.spec.backend.DomainId;
import org.iommuref.spec.backend.PageRequests;
import org.iommuref.spec.clause.Clause;
import org.iommuref.spec.core.PageRequest;
import org.iommuref.spec.core.PageResponse;
import org.iommuref.spec.errno.Errno;
import org.iommuref.spec.spi.Topology;
import org.junit.jupiter.api.Test;

/** What iommufd asks of drivers that differ from those of the suite. */
final class OtherDriverTest {

  private static Program over(BackendExtension more, long pageSizes) {
    return new Program(ModelProvider.over(new OtherDriver(more, pageSizes)), Topology.twoDevices());
  }

  @Test
  @Clause("IOAS-025")
  void attach_whosePageTableHasTooLargePages_isRefused() {
    Program program = over(new BackendExtension() {}, 16L * PAGE);
    int ioas = program.ioas();
    assertThat(program.test(2, Program.on(ioas))).as("IOAS-025").isEqualTo(Errno.EINVAL);
    program.close();
  }

  @Test
  @Clause("IOPF-004")
  void attach_whereFaultsAreThoseOfTwoFunctions_isRefusedWithAQueueAlone() {
    Program program = over(new Shared(), 0);
    int ioas = program.ioas();
    Bound first = program.plug(ioas);
    Bound second = program.plug(ioas);
    int table = program.hwptWithQueue(second.device(), ioas, program.faultQueue());
    assertThat(program.test(10, Program.on(first.handle()).putInt(16, table)))
        .as("IOPF-004: a function of its own")
        .isNull();
    assertThat(program.test(10, Program.on(second.handle()).putInt(16, table)))
        .as("IOPF-004: a virtual function")
        .isEqualTo(Errno.EINVAL);
    program.close();
  }

  /** Devices that ask for pages; the second is a virtual function of the first. */
  private static final class Shared implements PageRequests {

    @Override
    public void expect(DomainId domain) {
      // every domain
    }

    @Override
    public boolean isTaking(Rid device) {
      return true;
    }

    @Override
    public boolean areShared(Rid device) {
      return device.equals(Topology.SECOND);
    }

    @Override
    public boolean hasUserPasidTable() {
      return false;
    }

    @Override
    public void respond(Rid device, PageRequest last, PageResponse response) {
      throw new AssertionError("nothing was asked for");
    }
  }
}
