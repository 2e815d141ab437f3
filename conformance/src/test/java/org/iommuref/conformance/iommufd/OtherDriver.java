package org.iommuref.conformance.iommufd;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Optional;
import org.iommuref.model.ideal.IdealProvider;
import org.iommuref.spec.backend.BackendExtension;
import org.iommuref.spec.backend.DomainGeometry;
import org.iommuref.spec.backend.HwInfo;
import org.iommuref.spec.backend.IommuBackend;
import org.iommuref.spec.backend.PagingDomains;
import org.iommuref.spec.errno.Errno;
import org.iommuref.spec.errno.Result;
import org.iommuref.spec.spi.BackendProvider;
import org.iommuref.spec.spi.Environment;

/**
 * The ideal driver with a subject more, or other page sizes; each of its tables can be a parent.
 *
 * @param more what it can do besides
 * @param pageSizes of its domains, or 0 for those that they have
 */
record OtherDriver(BackendExtension more, long pageSizes) implements BackendProvider {

  private static final int NEST_PARENT = 1;

  @Override
  public String name() {
    return "other";
  }

  @Override
  public String title() {
    return "another driver";
  }

  @Override
  public HwInfo hwInfo() {
    return new IdealProvider().hwInfo();
  }

  @Override
  public IommuBackend open(Environment environment) {
    return like(IommuBackend.class, new IdealProvider().open(environment));
  }

  private <T> T like(Class<T> type, Object real) {
    return type.cast(
        Proxy.newProxyInstance(
            OtherDriver.class.getClassLoader(),
            new Class<?>[] {type},
            (proxy, method, arguments) -> invoke(real, method, arguments)));
  }

  private Object invoke(Object real, Method method, Object[] arguments) throws Throwable {
    boolean asked = method.getName().equals("extension");
    if (asked && ((Class<?>) arguments[0]).isInstance(more)) {
      return Optional.of(more);
    }
    if (method.getName().equals("allocatePaging")) {
      arguments[2] = (int) arguments[2] & ~NEST_PARENT;
    }
    try {
      Object result = method.invoke(real, arguments);
      if (method.getName().equals("freeDomain") && result.equals(Result.err(Errno.EINVAL))) {
        return Result.done(); // a nested domain, of which the ideal driver does not know
      }
      if (asked && arguments[0].equals(PagingDomains.class)) {
        return ((Optional<?>) result).map(own -> like(PagingDomains.class, own));
      }
      return result instanceof DomainGeometry geometry && pageSizes != 0
          ? new DomainGeometry(pageSizes, geometry.first(), geometry.last(), geometry.tracksDirty())
          : result;
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }
}
