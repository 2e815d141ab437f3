package org.iommuref.conformance.iommufd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.iommuref.conformance.iommufd.ContextProgram.MEMORY;
import static org.iommuref.conformance.iommufd.ContextProgram.PAGE;
import static org.iommuref.conformance.iommufd.ContextProgram.succeed;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.iommuref.conformance.iommufd.ContextProgram.Bound;
import org.iommuref.model.ideal.IdealProvider;
import org.iommuref.model.iommufd.ModelProvider;
import org.iommuref.spec.access.Iova;
import org.iommuref.spec.access.Rid;
import org.iommuref.spec.backend.CacheCoherency;
import org.iommuref.spec.backend.DeviceCapabilities;
import org.iommuref.spec.backend.DomainId;
import org.iommuref.spec.backend.HwInfo;
import org.iommuref.spec.backend.IommuBackend;
import org.iommuref.spec.clause.Clause;
import org.iommuref.spec.errno.Errno;
import org.iommuref.spec.errno.Result;
import org.iommuref.spec.spi.BackendProvider;
import org.iommuref.spec.spi.Environment;
import org.iommuref.spec.spi.Topology;
import org.junit.jupiter.api.Test;

/** A driver whose first device can enforce cache coherency, and whose second cannot. */
final class CoherencyTest {

  private static final long IOVA = 1L << 24;

  private final List<DomainId> enforcing = new ArrayList<>();
  private final ContextProgram program =
      new ContextProgram(ModelProvider.over(new Coherent()), Topology.twoDevices());

  @Test
  @Clause("HWPT-015")
  void pageTable_ofADeviceThatCan_enforcesItBeforeAnythingIsMapped() {
    int ioas = program.ioas();
    succeed(program.map(ioas, MEMORY, PAGE, IOVA));
    Bound device = program.plug(ioas);
    succeed(program.checkMap(device.table(), IOVA, PAGE, MEMORY));
    assertThat(enforcing).as("HWPT-015").hasSize(1);
    program.close();
  }

  @Test
  @Clause({"DEV-035", "HWPT-015"})
  void attach_ofADeviceThatCannot_passesOverTheTableThatEnforcesIt() {
    int ioas = program.ioas();
    Bound first = program.plug(ioas);
    Bound second = program.plug(ioas);
    assertThat(second.table()).as("DEV-035").isNotEqualTo(first.table());
    assertThat(enforcing).as("HWPT-015: the first alone").hasSize(1);
    program.close();
  }

  /** The ideal driver, and beside it what enforces. */
  private final class Coherent implements BackendProvider {

    private final IdealProvider ideal = new IdealProvider();

    @Override
    public String name() {
      return "coherent";
    }

    @Override
    public String title() {
      return "a driver that can enforce cache coherency";
    }

    @Override
    public HwInfo hwInfo() {
      return ideal.hwInfo();
    }

    @Override
    public IommuBackend open(Environment environment) {
      IommuBackend real = ideal.open(environment);
      return (IommuBackend)
          Proxy.newProxyInstance(
              CoherencyTest.class.getClassLoader(),
              new Class<?>[] {IommuBackend.class},
              new Beside(real));
    }
  }

  private final class Beside implements InvocationHandler, CacheCoherency, DeviceCapabilities {

    private final IommuBackend real;

    private Beside(IommuBackend real) {
      this.real = real;
    }

    @Override
    public Object invoke(Object proxy, Method method, Object[] arguments) throws Throwable {
      if (method.getName().equals("extension") && ((Class<?>) arguments[0]).isInstance(this)) {
        return Optional.of(this);
      }
      if (method.getName().equals("attach")
          && enforcing.contains((DomainId) arguments[1])
          && arguments[0].equals(Topology.SECOND)) {
        return Result.err(Errno.EINVAL);
      }
      try {
        return method.invoke(real, arguments);
      } catch (InvocationTargetException e) {
        throw e.getCause();
      }
    }

    @Override
    public boolean enforce(DomainId domain) {
      assertThat(real.iovaToPhys(domain, new Iova(IOVA)).bytes()).as("HWPT-015").isZero();
      return enforcing.add(domain);
    }

    @Override
    public boolean isCapable(Rid device, Cap capability) {
      return switch (capability) {
        case CACHE_COHERENCY -> true;
        case ENFORCE_CACHE_COHERENCY -> device.equals(Topology.FIRST);
        case DIRTY_TRACKING, PCI_ATS_SUPPORTED -> false;
      };
    }

    @Override
    public int maxPasids(Rid device) {
      return 0;
    }
  }
}
