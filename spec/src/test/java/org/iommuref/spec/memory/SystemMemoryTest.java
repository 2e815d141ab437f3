package org.iommuref.spec.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.iommuref.spec.memory.Memory.Atom;
import org.junit.jupiter.api.Test;

class SystemMemoryTest {

  private static final long GIB = 1L << 30;
  private static final int ACCESSES = 50_000;

  private final Memory memory = SystemMemory.ofSize(0);

  /** Pages side by side, on both sides of 4 GiB, and at both ends. */
  private static long address(Random random) {
    long[] bases = {0, 0x20_0000 - 0x2000, 4 * GIB - 0x4000, 4 * GIB + 0x8000, 1L << 45, -0x1_0000};
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
    written.forEach((address, value) -> assertThat(memory.readLong(address)).isEqualTo(value));
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
    assertThat(memory.compareAndSetLong(0x3000, 1, 2)).isFalse();
    assertThat(memory.readLong(0x3000)).isZero();
    assertThat(memory.compareAndSetLong(0x3000, 0, 2)).isTrue();
    assertThat(memory.readLong(0x3000)).isEqualTo(2);
  }

  @Test
  void access_beyondTheEndOrNotAligned_isRefused() {
    Memory small = SystemMemory.ofSize(0x3000);
    assertThat(small.contains(0x2fff)).isTrue();
    assertThat(small.contains(0x3000)).isFalse();
    assertThatThrownBy(() -> small.readLong(0x3000)).isInstanceOf(IndexOutOfBoundsException.class);
    assertThatThrownBy(() -> small.writeInt(-4, 0)).isInstanceOf(IndexOutOfBoundsException.class);
    assertThatThrownBy(() -> small.readLong(4)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> small.readAtom(8)).isInstanceOf(IllegalArgumentException.class);
  }
}
