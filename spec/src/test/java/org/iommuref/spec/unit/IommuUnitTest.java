package org.iommuref.spec.unit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class IommuUnitTest {

  /** A unit whose only machine makes so many moves. */
  private static IommuUnit unit(AtomicInteger moves) {
    return (IommuUnit)
        Proxy.newProxyInstance(
            IommuUnit.class.getClassLoader(),
            new Class<?>[] {IommuUnit.class},
            (proxy, method, arguments) ->
                switch (method.getName()) {
                  case "machines" -> 1;
                  case "machineName" -> "walk";
                  case "enabled" -> moves.get() > 0;
                  case "advance" -> moves.getAndDecrement();
                  default -> InvocationHandler.invokeDefault(proxy, method, arguments);
                });
  }

  @Test
  void drain_ofAUnitThatComesToRest_movesUntilItDoes() {
    AtomicInteger moves = new AtomicInteger(IommuUnit.MOST_MOVES);
    unit(moves).drain();
    assertThat(moves).hasValue(0);
  }

  @Test
  void drain_ofAUnitThatGoesOn_saysWhichMachine() {
    assertThatThrownBy(unit(new AtomicInteger(IommuUnit.MOST_MOVES + 1))::drain)
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("the unit does not come to rest: walk goes on");
  }
}
