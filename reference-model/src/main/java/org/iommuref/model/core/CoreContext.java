package org.iommuref.model.core;

import java.util.function.Consumer;
import org.iommuref.spec.backend.IommuBackend;
import org.iommuref.spec.spi.Environment;
import org.iommuref.spec.step.Step;

/**
 * What every part of a core stands on.
 *
 * @param environment the steps, and who hears of accesses to shared state
 * @param backend the driver
 * @param domains every domain of this core
 */
public record CoreContext(Environment environment, IommuBackend backend, Domains domains) {

  /** Changes the state of a group in a step. */
  <S extends Step> void change(Group group, S step, Consumer<? super S> body) {
    environment
        .steps()
        .perform(
            step,
            performed -> {
              environment.footprint().write(group, 0);
              body.accept(performed);
            });
  }
}
