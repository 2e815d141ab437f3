package org.iommuref.conformance.program;

import java.util.function.Function;
import org.iommuref.spec.iommufd.IommufdKernel;
import org.iommuref.spec.iommufd.Processes;

/**
 * An implementation of seam 3 in this process: a new kernel for each program.
 *
 * @param kernels makes one
 */
public record ModelMachine(Function<? super Processes, IommufdKernel> kernels) implements Machine {

  @Override
  public ModelProgram start() {
    return new ModelProgram(kernels);
  }

  @Override
  public void close() {}
}
