package org.iommuref.conformance.qemu;

import java.util.ArrayList;
import java.util.List;
import org.iommuref.spec.access.AccessOutcome;
import org.iommuref.spec.access.DeviceAccess;
import org.iommuref.spec.access.Iova;
import org.iommuref.spec.access.Rid;
import org.iommuref.spec.step.Unscheduled;
import org.iommuref.spec.unit.AddressType;
import org.iommuref.spec.unit.BusRequest;
import org.iommuref.spec.unit.BusUnit;
import org.iommuref.spec.unit.InterruptMessage;
import org.iommuref.spec.unit.PageRequestMessage;
import org.iommuref.spec.unit.TranslationCompletion;
import org.iommuref.spec.unit.UnitMessage;
import org.jspecify.annotations.Nullable;

/**
 * Seam 1 of an emulated unit: registers through qtest, requests through the machine's devices.
 *
 * <p>QEMU carries out commands and accesses at once, so the unit has no machines to move. The
 * devices do not tell whether an access was refused: a read was if it gave zero, a write if it is
 * seen nowhere. Where a case expects an access to land its words are not zero, and nor is the word
 * at the address itself while an access is under way, so that one that was not translated shows. An
 * access that lands anywhere else, on zeroes, is taken for refused.
 */
final class EmulatedUnit implements BusUnit, Unscheduled {

  private static final long UNTRANSLATED = 0x0bad_0bad_0bad_0badL;

  private final Machine machine;
  private final Qtest qtest;
  private final GuestMemory memory;
  private final Requesters requesters;
  private final @Nullable MessageLog messages;
  private final List<@Nullable AccessOutcome> answers = new ArrayList<>();

  EmulatedUnit(Machine machine, Qtest qtest, Requesters requesters, @Nullable MessageLog messages) {
    this.machine = machine;
    this.qtest = qtest;
    this.memory = machine.memory(qtest);
    this.requesters = requesters;
    this.messages = messages;
  }

  @Override
  public long readRegister(int offset, int width) {
    long address = machine.registers() + offset;
    return width == Integer.BYTES
        ? Integer.toUnsignedLong(qtest.readInt(address))
        : qtest.readLong(address);
  }

  @Override
  public void writeRegister(int offset, int width, long value) {
    long address = machine.registers() + offset;
    if (width == Integer.BYTES) {
      qtest.writeInt(address, (int) value);
    } else {
      qtest.writeLong(address, value);
    }
  }

  @Override
  public int request(DeviceAccess access) {
    int slot = answers.indexOf(null);
    if (slot < 0) {
      slot = answers.size();
      answers.add(null);
    }
    answers.set(slot, perform(access));
    return slot;
  }

  @Override
  public int request(BusRequest request) {
    if (request.type() != AddressType.UNTRANSLATED || request.privileged()) {
      throw new UnsupportedOperationException("the devices have no TLB and no privilege");
    }
    return request(
        new DeviceAccess(
            request.rid(),
            request.pasid(),
            new Iova(request.address()),
            request.kind(),
            request.value()));
  }

  @Override
  public @Nullable TranslationCompletion completion(int slot) {
    throw new UnsupportedOperationException("the devices have no TLB");
  }

  @Override
  public void invalidationCompleted(Rid from, int tags, int count) {
    throw new UnsupportedOperationException("the devices have no TLB");
  }

  @Override
  public void pageRequest(PageRequestMessage request) {
    throw new UnsupportedOperationException("the devices ask for no page");
  }

  @Override
  public void interrupt(InterruptMessage message) {
    if (messages == null) {
      throw new UnsupportedOperationException("the unit remaps no interrupts");
    }
    requesters.of(message.rid()).interrupt(message.address(), message.data());
  }

  private AccessOutcome perform(DeviceAccess access) {
    if (access.pasid() != null) {
      throw new UnsupportedOperationException("the devices tag no access with a PASID");
    }
    NvmeController device = requesters.of(access.rid());
    return switch (access.kind()) {
      case READ -> read(device, access.iova().bytes());
      case WRITE -> write(device, access.iova().bytes(), access.value());
      default ->
          throw new UnsupportedOperationException("the devices raise no access " + access.kind());
    };
  }

  private AccessOutcome read(NvmeController device, long iova) {
    boolean bare = memory.contains(iova) && memory.readLong(iova) == 0;
    if (bare) {
      memory.writeLong(iova, UNTRANSLATED);
    }
    long data = device.read(iova);
    if (bare) {
      memory.writeLong(iova, 0);
    }
    return data == 0 ? AccessOutcome.blocked() : AccessOutcome.completed(data);
  }

  private AccessOutcome write(NvmeController device, long iova, long value) {
    device.write(iova, value);
    return memory.contains(iova) && memory.readLong(iova) == value
        ? AccessOutcome.completed(0)
        : AccessOutcome.blocked();
  }

  @Override
  public @Nullable AccessOutcome answer(int slot) {
    return answers.set(slot, null);
  }

  @Override
  public boolean isAnswered(int slot) {
    return answers.get(slot) != null;
  }

  @Override
  public void hold(int slot) {
    throw new UnsupportedOperationException("an access takes effect at once");
  }

  @Override
  public void release(int slot) {
    throw new UnsupportedOperationException("an access takes effect at once");
  }

  @Override
  public List<UnitMessage> outbox() {
    if (messages == null) {
      return List.of();
    }
    qtest.settle();
    return messages.next();
  }

  @Override
  public void elapse(long nanoseconds) {
    throw new UnsupportedOperationException("time stands still");
  }
}
