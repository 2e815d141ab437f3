package org.iommuref.conformance.compare;

import java.util.List;
import org.iommuref.conformance.program.ModelProgram;
import org.iommuref.conformance.program.SystemCall;

/** A program on the model; an exception in it is an answer, and the last that it gives. */
final class Model {

  private final ModelProgram program = new ModelProgram();
  private String broken = "";

  List<String> make(List<SystemCall> calls) {
    return calls.stream().map(this::make).toList();
  }

  boolean isBroken() {
    return !broken.isEmpty();
  }

  private String make(SystemCall call) {
    if (isBroken()) {
      return broken;
    }
    try {
      return program.make(call);
    } catch (RuntimeException e) {
      broken = "-the model broke: " + e;
      return broken;
    }
  }
}
