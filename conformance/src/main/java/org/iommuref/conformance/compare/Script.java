package org.iommuref.conformance.compare;

import java.util.ArrayList;
import java.util.List;
import org.iommuref.conformance.program.SystemCall;

/** A sequence in the making: each step is made on the model as soon as it is written down. */
final class Script {

  private final Model model = new Model();
  private final List<Step> steps = new ArrayList<>();
  private final List<String> answers = new ArrayList<>();

  /** Has a process make calls, and returns what the model answers. */
  List<String> make(String name, Actor actor, List<SystemCall> calls) {
    Step step = new Step(name, calls.stream().map(call -> by(actor, call)).toList());
    List<String> said = model.make(step.calls());
    steps.add(step);
    answers.addAll(said);
    return said;
  }

  /** Has a process make one call. */
  String make(String name, Actor actor, SystemCall call) {
    return make(name, actor, List.of(call)).get(0);
  }

  boolean isBroken() {
    return model.isBroken();
  }

  List<Step> steps() {
    return steps;
  }

  List<String> answers() {
    return answers;
  }

  private static SystemCall by(Actor actor, SystemCall call) {
    return actor.process() == 0 ? call : new SystemCall.By(actor.process(), call);
  }
}
