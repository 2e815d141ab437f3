package org.iommuref.spec.unit.call;

import java.util.List;
import org.iommuref.spec.errno.Result.Done;
import org.iommuref.spec.operation.Operation;

/**
 * What a driver at the other end of a wire asks of a unit here, while it works on a call.
 *
 * @param <V> what the call yields
 */
public sealed interface DriverCall<V> extends Operation<V> {

  /** Every kind of call. */
  static List<Class<? extends DriverCall<?>>> all() {
    return List.of(MmioRead.class, MmioWrite.class);
  }

  /** The index of the unit in the topology. */
  int unit();

  /** Reads a register: its offset from the base of the unit and its width, 4 or 8, in bytes. */
  record MmioRead(int unit, int offset, int width) implements DriverCall<Long> {

    @Override
    public String op() {
      return "mmio.read";
    }

    @Override
    public Class<Long> yields() {
      return Long.class;
    }
  }

  /** Writes a register; the unit comes to rest before the reply. */
  record MmioWrite(int unit, int offset, int width, long value) implements DriverCall<Done> {

    @Override
    public String op() {
      return "mmio.write";
    }

    @Override
    public Class<Done> yields() {
      return Done.class;
    }
  }
}
