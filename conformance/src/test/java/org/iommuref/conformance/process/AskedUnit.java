package org.iommuref.conformance.process;

import java.util.List;
import org.iommuref.spec.access.AccessOutcome;
import org.iommuref.spec.access.DeviceAccess;
import org.iommuref.spec.operation.Reply;
import org.iommuref.spec.step.Unscheduled;
import org.iommuref.spec.unit.IommuUnit;
import org.iommuref.spec.unit.UnitMessage;
import org.iommuref.spec.unit.call.DriverCall;
import org.jspecify.annotations.Nullable;

/** A unit that a runner keeps: its registers are asked for, and the rest is not the driver's. */
record AskedUnit(int number, AskedMemory.Runner runner) implements IommuUnit, Unscheduled {

  private static final String ELSEWHERE = "devices are in front of the runner's units";

  @Override
  public long readRegister(int offset, int width) {
    return value(runner.ask(new DriverCall.MmioRead(number, offset, width)));
  }

  @Override
  public void writeRegister(int offset, int width, long value) {
    value(runner.ask(new DriverCall.MmioWrite(number, offset, width, value)));
  }

  private static <V> V value(Reply<V> reply) {
    if (reply instanceof Reply.Ok<V> ok) {
      return ok.value();
    }
    throw new IllegalStateException("the runner does not answer: " + reply);
  }

  @Override
  public int request(DeviceAccess access) {
    throw new UnsupportedOperationException(ELSEWHERE);
  }

  @Override
  public @Nullable AccessOutcome answer(int slot) {
    throw new UnsupportedOperationException(ELSEWHERE);
  }

  @Override
  public boolean isAnswered(int slot) {
    throw new UnsupportedOperationException(ELSEWHERE);
  }

  @Override
  public void hold(int slot) {
    throw new UnsupportedOperationException(ELSEWHERE);
  }

  @Override
  public void release(int slot) {
    throw new UnsupportedOperationException(ELSEWHERE);
  }

  @Override
  public List<UnitMessage> outbox() {
    return List.of();
  }

  @Override
  public void elapse(long nanoseconds) {
    throw new UnsupportedOperationException(ELSEWHERE);
  }
}
