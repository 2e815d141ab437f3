package org.iommuref.conformance.target;

import java.util.function.Function;
import org.iommuref.spec.backend.HwInfo;
import org.iommuref.spec.backend.IommuBackend;
import org.iommuref.spec.spi.Environment;
import org.iommuref.spec.step.StepMutation;

/**
 * A backend of this process without a session around it: what the explorer takes.
 *
 * @param name as {@code --target} takes it
 * @param hwInfo what it claims
 * @param backend makes a fresh one in its state after power-on
 * @param mutation of each step
 */
public record BackendTarget(
    String name,
    HwInfo hwInfo,
    Function<Environment, IommuBackend> backend,
    StepMutation mutation) {}
