package org.iommuref.spec.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.ObjLongConsumer;
import org.iommuref.spec.memory.Memory.Atom;
import org.junit.jupiter.api.Test;

class SystemMemoryTest {

  private static final long GIB = 1L << 30;
  private static final long DISTANCE = 7 << 20;
  private static final int ACCESSES = 50_000;

  private final SystemMemory memory = SystemMemory.ofSize(0);

  /** Pages side by side, on both sides of 4 GiB, and at both ends. */
  private static long address(Random random) {
    long[] bases = {
      0, 0x10_0000, 0x20_0000 - 0x2000, 4 * GIB - 0x4000, 4 * GIB + 0x8000, 1L << 45, -0x1_0000
    };
    return bases[random.nextInt(bases.length)] + 8L * random.nextInt(8 * 512);
  }

  @Test
  void quadwords_whereverTheyLie_holdWhatWasWrittenLast() {
    Random random = new Random(1);
    Map<Long, Long> written = new HashMap<>();
    for (int i = 0; i < ACCESSES; i++) {
      long address = address(random);
      assertThat(memory.readLong(address))
          .as(Long.toHexString(address))
          .isEqualTo(written.getOrDefault(address, 0L));
      long value = random.nextLong();
      memory.writeLong(address, value);
      written.put(address, value);
    }
    written.forEach(
        (address, value) ->
            assertThat(memory.readLong(address)).as(Long.toHexString(address)).isEqualTo(value));
  }

  @Test
  void pages_addedOneBehindTheOther_leaveThoseBefore() {
    for (long address = 0; address < 5 * GIB; address += DISTANCE) {
      memory.writeLong(address, ~address);
    }
    for (long address = 0; address < 5 * GIB; address += DISTANCE) {
      assertThat(memory.readLong(address)).as(Long.toHexString(address)).isEqualTo(~address);
    }
  }

  @Test
  void half_ofAQuadword_leavesTheOther() {
    memory.writeLong(0x1000, 0x1111_1111_2222_2222L);
    memory.writeInt(0x1004, 0xffff_fff3);
    assertThat(memory.readLong(0x1000)).isEqualTo(0xffff_fff3_2222_2222L);
    memory.writeInt(0x1000, 0x8000_0004);
    assertThat(memory.readLong(0x1000)).isEqualTo(0xffff_fff3_8000_0004L);
    assertThat(memory.readInt(0x1000)).isEqualTo(0x8000_0004);
    assertThat(memory.readInt(0x1004)).isEqualTo(0xffff_fff3);
  }

  @Test
  void atom_atTheEndOfAPage_isBothItsHalves() {
    memory.writeAtom(0x1ff0, new Atom(1, 2));
    assertThat(memory.readLong(0x1ff0)).isEqualTo(1);
    assertThat(memory.readLong(0x1ff8)).isEqualTo(2);
    assertThat(memory.readLong(0x2000)).isZero();
    assertThat(memory.readAtom(0x1ff0)).isEqualTo(new Atom(1, 2));
  }

  @Test
  void comparison_withWhatIsThere_decidesWhetherItIsReplaced() {
    assertThat(memory.compareAndSetLong(0x3000, 1, 2)).as("0 is there, not 1").isFalse();
    assertThat(memory.readLong(0x3000)).isZero();
    assertThat(memory.compareAndSetLong(0x3000, 0, 2)).as("0 is there").isTrue();
    assertThat(memory.readLong(0x3000)).isEqualTo(2);
  }

  /** Each access by its name, with its width in bytes. */
  private record Access(String name, int width, ObjLongConsumer<Memory> make) {}

  private static final List<Access> EACH =
      List.of(
          new Access("readLong", 8, Memory::readLong),
          new Access("writeLong", 8, (at, address) -> at.writeLong(address, 0)),
          new Access("readInt", 4, Memory::readInt),
          new Access("writeInt", 4, (at, address) -> at.writeInt(address, 0)),
          new Access("compareAndSetLong", 8, (at, address) -> at.compareAndSetLong(address, 0, 0)),
          new Access("readAtom", 16, Memory::readAtom),
          new Access("writeAtom", 16, (at, address) -> at.writeAtom(address, new Atom(0, 0))));

  @Test
  void range_withoutAtomics_takesReadsAndWritesAlone() {
    memory.refuseAtomics(0x3000, 0x10);
    assertThat(memory.takesAtomics(0x3000)).isFalse();
    assertThat(memory.takesAtomics(0x300f)).isFalse();
    assertThat(memory.takesAtomics(0x2fff)).as("below").isTrue();
    assertThat(memory.takesAtomics(0x3010)).as("above").isTrue();
    memory.writeLong(0x3008, 5);
    assertThat(memory.compareAndSetLong(0x3008, 5, 6)).isFalse();
    assertThat(memory.readLong(0x3008)).isEqualTo(5);
    assertThat(memory.compareAndSetLong(0x3010, 0, 6)).isTrue();
    memory.refuseAtomics(-0x1000, 0x1000);
    assertThat(memory.takesAtomics(-8)).as("addresses are unsigned").isFalse();
    assertThat(memory.compareAndSetLong(0x3008, 5, 6)).as("one range at a time").isTrue();
    memory.refuseAtomics(0, 0);
    assertThat(memory.takesAtomics(0) && memory.takesAtomics(-8)).as("all memory").isTrue();
  }

  @Test
  void access_beyondTheEndOrNotAligned_isRefused() {
    Memory small = SystemMemory.ofSize(0x3000);
    assertThat(small.contains(0x2fff)).as("the last byte is there").isTrue();
    assertThat(small.contains(0x3000)).as("the byte behind it is there").isFalse();
    for (Access access : EACH) {
      access.make().accept(small, 0x3000 - access.width());
      for (long beyond : List.of(0x3000L, (long) -access.width())) {
        assertThatThrownBy(
                () -> access.make().accept(small, beyond), "%s at 0x%x", access.name(), beyond)
            .isInstanceOf(IndexOutOfBoundsException.class);
      }
      long middle = 0x1000L + access.width() / 2;
      assertThatThrownBy(
              () -> access.make().accept(small, middle), "%s at 0x%x", access.name(), middle)
          .isInstanceOf(IllegalArgumentException.class);
    }
  }
}
