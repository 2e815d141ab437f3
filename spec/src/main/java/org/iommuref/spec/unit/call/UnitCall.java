package org.iommuref.spec.unit.call;

import java.util.List;
import org.iommuref.spec.errno.Result;
import org.iommuref.spec.errno.Result.Done;
import org.iommuref.spec.memory.PhysAddr;
import org.iommuref.spec.operation.Operation;
import org.iommuref.spec.operation.Reply;
import org.jspecify.annotations.Nullable;

/**
 * A call at seam 1, and what must come of it: what the suite of a unit is made of.
 *
 * <p>A unit answers when it has come to rest. What must come is for whoever judges: a unit at the
 * other end of a wire is asked {@link #alone}.
 *
 * @param <V> what the call yields
 */
public sealed interface UnitCall<V> extends Operation<V>
    permits DeviceCall,
        UnitCall.ReadRegister,
        UnitCall.WriteRegister,
        UnitCall.ReadMemory,
        UnitCall.WriteMemory,
        UnitCall.RefuseAtomics,
        UnitCall.TakeMessage,
        UnitCall.Elapse {

  /** What must come of it; null where nobody judges. */
  @Nullable Expect expect();

  /** The same call without what must come of it. */
  UnitCall<V> alone();

  /** Makes the call on a Java unit. */
  Reply<V> applyTo(UnitSeam seam);

  /** Every kind of call. */
  static List<Class<? extends UnitCall<?>>> all() {
    return List.of(
        ReadRegister.class,
        WriteRegister.class,
        ReadMemory.class,
        WriteMemory.class,
        RefuseAtomics.class,
        DeviceCall.Dma.class,
        DeviceCall.StartDma.class,
        DeviceCall.FinishDma.class,
        DeviceCall.Translate.class,
        DeviceCall.RequestPage.class,
        DeviceCall.SendPageRequest.class,
        DeviceCall.Interrupt.class,
        DeviceCall.CompleteInvalidation.class,
        TakeMessage.class,
        Elapse.class);
  }

  private static Reply<Done> done() {
    return Reply.of(Result.done());
  }

  /** Reads a register: its offset from the unit's base and its width, 4 or 8, in bytes. */
  record ReadRegister(int offset, int width, @Nullable Expect expect) implements UnitCall<Long> {

    @Override
    public String op() {
      return "unit.reg.read";
    }

    @Override
    public Class<Long> yields() {
      return Long.class;
    }

    @Override
    public ReadRegister alone() {
      return new ReadRegister(offset, width, null);
    }

    @Override
    public Reply<Long> applyTo(UnitSeam seam) {
      return Reply.ok(seam.unit().readRegister(offset, width));
    }
  }

  /** Writes a register; of 4 bytes the lower half of the value. */
  record WriteRegister(int offset, int width, long value, @Nullable Expect expect)
      implements UnitCall<Done> {

    @Override
    public String op() {
      return "unit.reg.write";
    }

    @Override
    public Class<Done> yields() {
      return Done.class;
    }

    @Override
    public WriteRegister alone() {
      return new WriteRegister(offset, width, value, null);
    }

    @Override
    public Reply<Done> applyTo(UnitSeam seam) {
      seam.unit().writeRegister(offset, width, value);
      seam.settle();
      return done();
    }
  }

  /** Reads 8 bytes of memory. */
  record ReadMemory(PhysAddr address, @Nullable Expect expect) implements UnitCall<Long> {

    @Override
    public String op() {
      return "unit.mem.read";
    }

    @Override
    public Class<Long> yields() {
      return Long.class;
    }

    @Override
    public ReadMemory alone() {
      return new ReadMemory(address, null);
    }

    @Override
    public Reply<Long> applyTo(UnitSeam seam) {
      return Reply.ok(seam.memory().readLong(address.bytes()));
    }
  }

  /** Writes 8 bytes of memory. */
  record WriteMemory(PhysAddr address, long value, @Nullable Expect expect)
      implements UnitCall<Done> {

    @Override
    public String op() {
      return "unit.mem.write";
    }

    @Override
    public Class<Done> yields() {
      return Done.class;
    }

    @Override
    public WriteMemory alone() {
      return new WriteMemory(address, value, null);
    }

    @Override
    public Reply<Done> applyTo(UnitSeam seam) {
      seam.memory().writeLong(address.bytes(), value);
      return done();
    }
  }

  /**
   * Lets a range of memory take no atomic access from now on, and all other memory take them; of 0
   * bytes, all memory. Reads and writes are taken as ever.
   */
  record RefuseAtomics(PhysAddr address, long bytes, @Nullable Expect expect)
      implements UnitCall<Done> {

    @Override
    public String op() {
      return "unit.mem.refuse_atomics";
    }

    @Override
    public Class<Done> yields() {
      return Done.class;
    }

    @Override
    public RefuseAtomics alone() {
      return new RefuseAtomics(address, bytes, null);
    }

    @Override
    public Reply<Done> applyTo(UnitSeam seam) {
      seam.refuseAtomics(address.bytes(), bytes);
      return done();
    }
  }

  /** Takes the oldest message that the unit has sent and nobody has taken. */
  record TakeMessage(@Nullable Expect expect) implements UnitCall<SentMessage> {

    @Override
    public String op() {
      return "unit.message";
    }

    @Override
    public Class<SentMessage> yields() {
      return SentMessage.class;
    }

    @Override
    public TakeMessage alone() {
      return new TakeMessage(null);
    }

    @Override
    public Reply<SentMessage> applyTo(UnitSeam seam) {
      return Reply.ok(seam.message());
    }
  }

  /** Lets time pass, in nanoseconds. */
  record Elapse(long nanoseconds, @Nullable Expect expect) implements UnitCall<Done> {

    @Override
    public String op() {
      return "unit.elapse";
    }

    @Override
    public Class<Done> yields() {
      return Done.class;
    }

    @Override
    public Elapse alone() {
      return new Elapse(nanoseconds, null);
    }

    @Override
    public Reply<Done> applyTo(UnitSeam seam) {
      seam.unit().elapse(nanoseconds);
      seam.settle();
      return done();
    }
  }
}
