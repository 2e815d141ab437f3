package org.iommuref.hw.testing;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Function;
import org.iommuref.spec.step.HangException;
import org.iommuref.spec.step.Hardware;
import org.iommuref.spec.step.Step;
import org.iommuref.spec.step.StepLock;
import org.iommuref.spec.step.Steps;
import org.iommuref.spec.step.YieldingStep;

/** Choices by their label, 0 unless the test says otherwise; keeps the events. */
public final class ScriptedSteps implements Steps {

  private final Map<String, Integer> choices = new HashMap<>();
  private final List<String> asked = new ArrayList<>();
  private final List<Step> events = new ArrayList<>();
  private boolean heard = true;
  private Consumer<Step> listener = event -> {};

  /** From now on a choice of this label comes out as this. */
  public void answer(String label, int choice) {
    choices.put(label, choice);
  }

  /** From now on this is told of each event as it happens. */
  public void tell(Consumer<Step> other) {
    listener = other;
  }

  /** From now on these steps say that nobody hears of events; returns them. */
  public ScriptedSteps unheard() {
    heard = false;
    return this;
  }

  @Override
  public boolean isHeard() {
    return heard;
  }

  /** The labels asked for since this was called last. */
  public List<String> asked() {
    List<String> labels = List.copyOf(asked);
    asked.clear();
    return labels;
  }

  /** The events since this was called last. */
  public List<Step> events() {
    List<Step> reported = List.copyOf(events);
    events.clear();
    return reported;
  }

  @Override
  public <S extends Step> void perform(S step, Consumer<? super S> body) {
    body.accept(step);
  }

  @Override
  public <T, S extends YieldingStep<T>> T obtain(S step, Function<? super S, ? extends T> body) {
    return body.apply(step);
  }

  @Override
  public void waitFor(Step step, BooleanSupplier condition) {
    if (!condition.getAsBoolean()) {
      throw new HangException(step);
    }
  }

  @Override
  public void lock(StepLock lock) {}

  @Override
  public void unlock(StepLock lock) {}

  @Override
  public void lockShared(StepLock lock) {}

  @Override
  public void unlockShared(StepLock lock) {}

  @Override
  public int choose(String label, int n) {
    asked.add(label);
    return Math.min(choices.getOrDefault(label, 0), n - 1);
  }

  @Override
  public void report(Step event) {
    events.add(event);
    listener.accept(event);
  }

  @Override
  public void connect(Hardware hardware) {}
}
