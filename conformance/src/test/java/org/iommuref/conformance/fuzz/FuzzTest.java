package org.iommuref.conformance.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import org.iommuref.conformance.target.Targets;
import org.iommuref.model.iommufd.ModelProvider;
import org.iommuref.spec.iommufd.Processes;
import org.iommuref.spec.spi.Mutant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class FuzzTest {

  private static final long IOCTLS = 20_000;
  private static final long FEW_IOCTLS = 3_000;

  private static ModelProvider named(String name) {
    return ModelProvider.onClassPath().stream()
        .filter(target -> target.name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void run_overTheModel_breaksNoRule() {
    Fuzz fuzz = new Fuzz(ModelProvider.mock(), 1);
    fuzz.run(IOCTLS);
    assertThat(fuzz.failure()).isNull();
    assertThat(fuzz.tally().made()).isGreaterThanOrEqualTo(IOCTLS);
    assertThat(fuzz.tally().sensible().share()).isGreaterThan(0.5);
    assertThat(fuzz.tally().arbitrary().made()).isGreaterThan(IOCTLS / 10);
    assertThat(fuzz.tally().failing().made()).isPositive();
  }

  @ParameterizedTest
  @ValueSource(strings = {"ideal", "vtd", "vtd-caching-mode", "vtd-scalable"})
  void run_overOtherDrivers_breaksNoRule(String name) {
    Fuzz fuzz = new Fuzz(named(name), 1);
    fuzz.run(FEW_IOCTLS);
    assertThat(fuzz.failure()).isNull();
  }

  @Test
  void run_ofTheSameSeed_isTheSame() {
    Fuzz one = new Fuzz(ModelProvider.mock(), 7);
    Fuzz other = new Fuzz(ModelProvider.mock(), 7);
    one.run(FEW_IOCTLS);
    other.run(FEW_IOCTLS);
    assertThat(one.tally().made()).isEqualTo(other.tally().made());
    assertThat(one.tally().succeeded()).isEqualTo(other.tally().succeeded());
  }

  @Test
  void run_whereAPinIsLeaked_findsAShortestProgram() {
    Fuzz fuzz = new Fuzz(new Setting(ModelProvider.mock(), FuzzTest::leaking), 1);
    fuzz.run(IOCTLS);
    Fuzz.Failure failure = fuzz.failure();
    assertThat(failure).isNotNull();
    assertThat(failure.minimal()).isTrue();
    assertThat(failure.acts()).hasSizeBetween(3, 12);
    assertThat(String.join(" ", failure.acts())).contains("MAP");
    assertThat(failure.wrong()).contains("pins");
  }

  @ParameterizedTest
  @ValueSource(strings = {"ideal-unmap-misses-last", "ideal-unmap-one-page-more"})
  void run_overADriverThatIsWrong_findsIt(String name) {
    Mutant wrong = Targets.onClassPath().mutant(name).orElseThrow();
    assertThat(wrong).isInstanceOf(Mutant.OfBackend.class);
    Fuzz fuzz = new Fuzz(ModelProvider.over(((Mutant.OfBackend) wrong).backend()), 1);
    fuzz.run(IOCTLS);
    assertThat(fuzz.failure()).isNotNull();
  }

  /** Processes whose frames stay pinned when two or more are given back at once. */
  private static Processes leaking(Processes real) {
    return (Processes)
        Proxy.newProxyInstance(
            FuzzTest.class.getClassLoader(),
            new Class<?>[] {Processes.class},
            (proxy, method, arguments) ->
                method.getName().equals("unpin") && ((long[]) arguments[0]).length >= 2
                    ? null
                    : call(real, method, arguments));
  }

  private static Object call(Processes real, Method method, Object[] arguments) throws Throwable {
    try {
      return method.invoke(real, arguments);
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }
}
