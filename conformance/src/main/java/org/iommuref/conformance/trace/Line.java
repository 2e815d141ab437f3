package org.iommuref.conformance.trace;

import java.lang.reflect.RecordComponent;
import org.iommuref.model.schedule.TracedStep;
import org.iommuref.spec.step.Step;

/**
 * One record of a trace with its components, by name: this module sees steps and events of hardware
 * through {@link Step} alone.
 *
 * @param traced who did it, what it was, and what it yielded
 */
record Line(TracedStep traced) {

  private static final String CPU = "cpu ";

  /** The name of the record, which is the name of an action. */
  String action() {
    return traced.step().action();
  }

  /** The number of the CPU whose step it is. */
  int cpu() {
    String actor = traced.actor();
    if (!actor.startsWith(CPU)) {
      throw new TraceException(traced + " is a step of software, but " + actor + " is no CPU");
    }
    return Integer.parseInt(actor.substring(CPU.length()));
  }

  /** A component that is a number. */
  long number(String component) {
    return ((Number) value(component)).longValue();
  }

  /** A component that is a truth value. */
  boolean truth(String component) {
    return (Boolean) value(component);
  }

  /** What the step yielded, a number. */
  long yielded() {
    if (traced.yielded() instanceof Number number) {
      return number.longValue();
    }
    throw new TraceException(traced + " yields no number");
  }

  private Object value(String name) {
    Step step = traced.step();
    for (RecordComponent component : componentsOf(step)) {
      if (component.getName().equals(name)) {
        return read(component, step);
      }
    }
    throw new TraceException(traced + " has no component '" + name + "'");
  }

  private static RecordComponent[] componentsOf(Step step) {
    RecordComponent[] components = step.getClass().getRecordComponents();
    return components == null ? new RecordComponent[0] : components;
  }

  private static Object read(RecordComponent component, Step step) {
    try {
      return component.getAccessor().invoke(step);
    } catch (ReflectiveOperationException e) {
      throw new TraceException("cannot read " + component.getName() + " of " + step, e);
    }
  }
}
