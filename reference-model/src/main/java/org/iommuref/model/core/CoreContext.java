package org.iommuref.model.core;

import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import org.iommuref.spec.access.Pasid;
import org.iommuref.spec.backend.DomainId;
import org.iommuref.spec.backend.IommuBackend;
import org.iommuref.spec.core.AttachHandle;
import org.iommuref.spec.spi.Environment;
import org.iommuref.spec.step.Step;
import org.iommuref.spec.step.YieldingStep;
import org.jspecify.annotations.Nullable;

/**
 * What every part of a core stands on.
 *
 * @param environment the steps, and who hears of accesses to shared state
 * @param backend the driver
 * @param domains every domain of this core
 */
public record CoreContext(Environment environment, IommuBackend backend, Domains domains) {

  /** Reads the state of a group in a step. */
  <T, S extends YieldingStep<T>> T look(Group group, S step, Function<? super S, T> body) {
    return environment
        .steps()
        .obtain(
            step,
            performed -> {
              environment.footprint().read(group, 0);
              return body.apply(performed);
            });
  }

  /** What the user keeps with an attachment, or null. */
  @Nullable AttachHandle handleOf(Group group, @Nullable Pasid pasid) {
    return look(
            group,
            new FaultStep.FindHandle(group.id()),
            step -> Optional.ofNullable(group.handleOf(pasid)))
        .orElse(null);
  }

  /** What a user has attached, or null. */
  @Nullable DomainId domainOf(Group group, @Nullable Pasid pasid) {
    return look(
            group,
            new FaultStep.FindDomain(group.id()),
            step -> Optional.ofNullable(group.attachedDomain(pasid)))
        .orElse(null);
  }

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
