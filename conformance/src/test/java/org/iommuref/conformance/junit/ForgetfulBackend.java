package org.iommuref.conformance.junit;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import org.iommuref.model.ideal.IdealProvider;
import org.iommuref.spec.backend.AttachFailure;
import org.iommuref.spec.backend.HwInfo;
import org.iommuref.spec.backend.IommuBackend;
import org.iommuref.spec.backend.PasidBackend;
import org.iommuref.spec.spi.BackendProvider;
import org.iommuref.spec.spi.Environment;

/** The ideal backend, but an unmap of several pages leaves the last one mapped. */
final class ForgetfulBackend implements BackendProvider {

  private static final int COUNT = 3;

  private final BackendProvider ideal = new IdealProvider();

  @Override
  public String name() {
    return "forgetful";
  }

  @Override
  public String title() {
    return "forgets the last page of an unmap";
  }

  @Override
  public HwInfo hwInfo() {
    return ideal.hwInfo();
  }

  @Override
  public IommuBackend open(Environment environment) {
    IommuBackend backend = ideal.open(environment);
    Class<?>[] seam = {IommuBackend.class, PasidBackend.class, AttachFailure.class};
    return (IommuBackend)
        Proxy.newProxyInstance(
            ForgetfulBackend.class.getClassLoader(),
            seam,
            (proxy, method, arguments) -> call(backend, method, arguments));
  }

  private static Object call(IommuBackend backend, Method method, Object[] arguments)
      throws Throwable {
    try {
      if (method.getName().equals("unmap") && (long) arguments[COUNT] > 1) {
        Object[] fewer = arguments.clone();
        fewer[COUNT] = (long) arguments[COUNT] - 1;
        return (long) method.invoke(backend, fewer) + (long) arguments[COUNT - 1];
      }
      return method.invoke(backend, arguments);
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }
}
