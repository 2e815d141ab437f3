package org.iommuref.conformance.program;

import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A machine that is switched on for its first program, and anew for the next after it has died. */
public final class RestartedMachine implements Machine {

  private final Switch on;
  private @Nullable Machine machine;

  /** Switches a machine on. */
  @FunctionalInterface
  public interface Switch {

    /** A machine that has just started. */
    Machine on() throws IOException;
  }

  /** A machine that is still off. */
  public RestartedMachine(Switch on) {
    this.on = on;
  }

  /** A machine that runs already. */
  public RestartedMachine(Machine running, Switch on) {
    this.machine = running;
    this.on = on;
  }

  @Override
  public Program start() throws IOException {
    Machine running = machine == null ? on.on() : machine;
    machine = running;
    try {
      return new OnMachine(running.start());
    } catch (MachineDiedException e) {
      close();
      throw e;
    }
  }

  /** Off; the next program switches it on again. */
  @Override
  public void close() {
    if (machine != null) {
      machine.close();
      machine = null;
    }
  }

  private final class OnMachine implements Program {
    private final Program program;

    OnMachine(Program program) {
      this.program = program;
    }

    @Override
    public List<String> make(List<SystemCall> calls) throws IOException {
      try {
        return program.make(calls);
      } catch (MachineDiedException e) {
        RestartedMachine.this.close();
        throw e;
      }
    }

    @Override
    public void close() throws IOException {
      try {
        program.close();
      } catch (MachineDiedException e) {
        RestartedMachine.this.close();
        throw e;
      }
    }
  }
}
