package org.iommuref.conformance.doctor;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.function.UnaryOperator;
import org.iommuref.conformance.process.DriverSurroundings;
import org.iommuref.conformance.process.ProcessQuestions;
import org.iommuref.conformance.process.RunnerMemory;
import org.iommuref.conformance.process.Surroundings;
import org.iommuref.conformance.process.UnitSurroundings;
import org.iommuref.spec.wire.Hello;
import org.iommuref.spec.wire.Introduction;
import org.iommuref.spec.wire.RamOwner;
import org.iommuref.spec.wire.Reset;
import org.jspecify.annotations.Nullable;

/** What a child is answered if it asks; memory, units and processes are new with each child. */
final class Answers {

  private final UnaryOperator<ObjectNode> questions;
  private @Nullable Surroundings surroundings;

  private Answers(UnaryOperator<ObjectNode> questions, @Nullable Surroundings surroundings) {
    this.questions = questions;
    this.surroundings = surroundings;
  }

  /** For a child of a seam. */
  static Answers at(int seam) {
    UnaryOperator<ObjectNode> questions = ProcessQuestions.ofOneProcess()::answer;
    return switch (seam) {
      case Hello.UNIT_SEAM -> new Answers(questions, new UnitSurroundings(RamOwner.RUNNER));
      case Hello.IOMMUFD_SEAM -> new Answers(questions, null);
      default -> new Answers(questions, new RunnerMemory());
    };
  }

  /** The child has introduced itself: a driver is given the units that it drives. */
  void said(Introduction introduction) {
    if (introduction.role().equals(Introduction.DRIVER_ROLE)) {
      surroundings = DriverSurroundings.of(introduction).orElse(null);
    }
  }

  /** The child is reset. */
  void reset(Reset reset) {
    if (surroundings != null) {
      surroundings = surroundings.afresh(reset);
    }
  }

  /** The answer to a request of the child. */
  ObjectNode answer(ObjectNode message) {
    return surroundings == null ? questions.apply(message) : surroundings.answer(message);
  }
}
