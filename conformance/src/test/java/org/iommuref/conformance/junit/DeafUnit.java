package org.iommuref.conformance.junit;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import org.iommuref.spec.spi.Environment;
import org.iommuref.spec.spi.UnitProvider;
import org.iommuref.spec.unit.BusUnit;

/**
 * A unit that does not hear when software writes a register in four bytes at an odd place: the
 * upper half of a register of eight.
 */
record DeafUnit(UnitProvider right) implements UnitProvider {

  @Override
  public String name() {
    return "deaf";
  }

  @Override
  public String title() {
    return "does not hear of upper halves";
  }

  @Override
  public String architecture() {
    return right.architecture();
  }

  @Override
  public int hostAddressBits() {
    return right.hostAddressBits();
  }

  @Override
  public BusUnit open(Environment environment) {
    BusUnit unit = right.open(environment);
    return (BusUnit)
        Proxy.newProxyInstance(
            BusUnit.class.getClassLoader(),
            new Class<?>[] {BusUnit.class},
            (proxy, method, arguments) -> {
              if (method.getName().equals("writeRegister")
                  && arguments[1].equals(Integer.BYTES)
                  && arguments[0].equals(0x24)) {
                return null;
              }
              try {
                return method.invoke(unit, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }
}
