package org.iommuref.conformance.program;

/** The model over its mock driver: a new kernel for each program. */
public final class ModelMachine implements Machine {

  @Override
  public ModelProgram start() {
    return new ModelProgram();
  }

  @Override
  public void close() {}
}
