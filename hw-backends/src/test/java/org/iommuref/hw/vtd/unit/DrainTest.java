package org.iommuref.hw.vtd.unit;

import static org.assertj.core.api.Assertions.assertThat;

import org.iommuref.hw.vtd.layout.Capability;
import org.iommuref.hw.vtd.layout.Granularity;
import org.iommuref.hw.vtd.layout.InvalidationDescriptor;
import org.iommuref.spec.access.AccessKind;
import org.iommuref.spec.access.AccessOutcome;
import org.iommuref.spec.access.DeviceAccess;
import org.iommuref.spec.access.Iova;
import org.iommuref.spec.clause.Clause;
import org.iommuref.spec.memory.Memory.Atom;
import org.junit.jupiter.api.Test;

class DrainTest extends DirectedTest {

  private static final long STATUS = 0x9000_0000L;
  private static final Atom WAIT = InvalidationDescriptor.waitWritingStatus(STATUS, 1);
  private static final Atom PAGE =
      InvalidationDescriptor.iotlb(Granularity.PAGE, Bench.DOMAIN, Bench.IOVA, 0, true);

  /** An access that is translated and held. */
  private static int held(Bench bench, AccessKind kind) {
    int slot =
        bench.unit.request(new DeviceAccess(Bench.DEVICE, null, new Iova(Bench.IOVA), kind, 9));
    bench.unit.hold(slot);
    bench.unit.drain();
    assertThat(bench.unit.answer(slot)).isNull();
    return slot;
  }

  private Bench mapped() {
    return mapped(parts);
  }

  private static Bench mapped(VtdParts parts) {
    Bench bench = new Bench(parts).withDomain();
    bench.map(Bench.IOVA, Bench.PAGE_A, 1);
    return bench;
  }

  @Test
  void heldWrite_takesEffect_whenItIsReleased() {
    Bench bench = mapped();
    int slot = held(bench, AccessKind.WRITE);
    assertThat(bench.memory.readLong(Bench.PAGE_A)).isEqualTo(Bench.OF_A);
    bench.unit.release(slot);
    bench.unit.drain();
    assertThat(bench.memory.readLong(Bench.PAGE_A)).isEqualTo(9);
    assertThat(bench.unit.answer(slot)).isEqualTo(AccessOutcome.completed(0));
  }

  @Test
  void heldRequestThatIsRefused_isAnsweredAtOnce() {
    Bench bench = domain();
    int slot = bench.unit.request(DeviceAccess.read(Bench.DEVICE, new Iova(Bench.IOVA)));
    bench.unit.hold(slot);
    bench.unit.drain();
    assertThat(bench.unit.answer(slot)).isEqualTo(AccessOutcome.blocked());
  }

  @Test
  @Clause({"INV-002", "VTD-035"})
  void heldAccess_takesEffect_beforeTheWaitCompletes() {
    for (AccessKind kind :
        new AccessKind[] {AccessKind.WRITE, AccessKind.READ, AccessKind.ATOMIC}) {
      Bench bench = mapped();
      int slot = held(bench, kind);
      bench.enqueue(PAGE, WAIT);
      while (bench.unit.enabled(bench.queueMachine())) {
        bench.unit.advance(bench.queueMachine());
      }
      assertThat(bench.memory.readInt(STATUS)).as("%s is under way", kind).isZero();
      bench.unit.advance(slot);
      assertThat(bench.unit.answer(slot)).isNotNull();
      bench.unit.advance(bench.queueMachine());
      assertThat(bench.memory.readInt(STATUS)).isEqualTo(1);
    }
  }

  @Test
  void heldAccess_thatNoInvalidationNames_doesNotHoldUpAWait() {
    Atom[] others = {
      WAIT,
      InvalidationDescriptor.iotlb(Granularity.DOMAIN, Bench.DOMAIN + 1, 0, 0, false),
      InvalidationDescriptor.iotlb(Granularity.PAGE, Bench.DOMAIN, Bench.IOVA + 0x1000, 0, false),
      InvalidationDescriptor.context(Granularity.GLOBAL, 0, 0, 0)
    };
    for (Atom other : others) {
      Bench bench = mapped();
      int slot = held(bench, AccessKind.WRITE);
      bench.submit(other, WAIT);
      assertThat(bench.memory.readInt(STATUS)).isEqualTo(1);
      assertThat(bench.unit.answer(slot)).isNull();
    }
  }

  @Test
  void invalidationWithoutDrainBits_waitsForNothing() {
    Bench bench = mapped();
    int read = held(bench, AccessKind.READ);
    int write = held(bench, AccessKind.WRITE);
    bench.submit(new Atom(PAGE.low() & ~InvalidationDescriptor.DW.mask(), PAGE.high()), WAIT);
    assertThat(bench.unit.answer(read)).isEqualTo(AccessOutcome.completed(Bench.OF_A));
    assertThat(bench.unit.answer(write)).isNull();
    bench.submit(new Atom(PAGE.low() & ~0xc0L, PAGE.high()), WAIT);
    assertThat(bench.unit.answer(write)).isNull();
    assertThat(bench.memory.readInt(STATUS)).isEqualTo(1);
  }

  @Test
  void unitThatCannotDrain_waitsForNothing() {
    Bench bench =
        mapped(
            parts.with(
                parts
                    .configuration()
                    .withCapability(Capability.DRD, 0)
                    .withCapability(Capability.DWD, 0)));
    int slot = held(bench, AccessKind.WRITE);
    bench.submit(PAGE, WAIT);
    assertThat(bench.memory.readInt(STATUS)).isEqualTo(1);
    assertThat(bench.unit.answer(slot)).isNull();
  }

  @Test
  void unitThatDrainsOneKindAlone_waitsForThatKind() {
    for (AccessKind kind : new AccessKind[] {AccessKind.READ, AccessKind.WRITE}) {
      boolean write = kind == AccessKind.WRITE;
      Bench reads = mapped(capable(Capability.DWD, 0));
      int slot = held(reads, kind);
      reads.submit(PAGE);
      assertThat(reads.unit.answer(slot) != null).as("%s without DWD", kind).isEqualTo(!write);
      Bench writes = mapped(capable(Capability.DRD, 0));
      slot = held(writes, kind);
      writes.submit(PAGE);
      assertThat(writes.unit.answer(slot) != null).as("%s without DRD", kind).isEqualTo(write);
    }
  }

  @Test
  void unitOfVersion2_drainsWithoutBeingAsked() {
    Bench bench = mapped(parts.with(parts.configuration().withMajorVersion(2)));
    int slot = held(bench, AccessKind.WRITE);
    bench.submit(new Atom(PAGE.low() & ~0xc0L, PAGE.high()), WAIT);
    assertThat(bench.unit.answer(slot)).isEqualTo(AccessOutcome.completed(0));
  }
}
