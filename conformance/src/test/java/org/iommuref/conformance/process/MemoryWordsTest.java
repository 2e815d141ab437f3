package org.iommuref.conformance.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.iommuref.spec.access.Rid;
import org.iommuref.spec.errno.Errno;
import org.iommuref.spec.memory.PhysAddr;
import org.iommuref.spec.memory.SystemMemory;
import org.iommuref.spec.operation.CompareAndSetMemory;
import org.iommuref.spec.operation.Operation;
import org.iommuref.spec.operation.Probe;
import org.iommuref.spec.operation.ReadMemory;
import org.iommuref.spec.operation.Reply;
import org.iommuref.spec.operation.WriteMemory;
import org.junit.jupiter.api.Test;

/** What a child without memory of its own is answered. */
class MemoryWordsTest {

  private static final long SIZE = 0x10000;
  private static final PhysAddr HERE = new PhysAddr(0x1008);

  private final SystemMemory memory = SystemMemory.ofSize(SIZE);
  private final MemoryWords words = new MemoryWords(memory);

  private Reply<Long> swap(long address, long expected, long value) {
    return words.answer(new CompareAndSetMemory(new PhysAddr(address), expected, value));
  }

  private static Reply<Long> failure(Errno errno) {
    return new Reply.Err<>(errno, null);
  }

  @Test
  void atomicAccess_yieldsWhatWasThere_andWritesIfThatWasExpected() {
    words.answer(new WriteMemory(HERE, 7));
    assertThat(swap(HERE.bytes(), 6, 8)).as("not expected").isEqualTo(Reply.ok(7L));
    assertThat(words.answer(new ReadMemory(HERE))).isEqualTo(Reply.ok(7L));
    assertThat(swap(HERE.bytes(), 7, 8)).isEqualTo(Reply.ok(7L));
    assertThat(words.answer(new ReadMemory(HERE))).isEqualTo(Reply.ok(8L));
  }

  @Test
  void atomicAccess_whereMemoryTakesNone_failsAndWritesNothing() {
    memory.refuseAtomics(HERE.bytes(), 8);
    assertThat(swap(HERE.bytes(), 0, 8)).as("VTD-139").isEqualTo(failure(Errno.EOPNOTSUPP));
    assertThat(words.answer(new ReadMemory(HERE))).isEqualTo(Reply.ok(0L));
    assertThat(swap(HERE.bytes() + 8, 0, 8)).as("behind it").isEqualTo(Reply.ok(0L));
  }

  @Test
  void access_toNoWordOfMemory_fails() {
    assertThat(swap(HERE.bytes() + 4, 0, 8)).isEqualTo(failure(Errno.EINVAL));
    assertThat(swap(SIZE, 0, 8)).isEqualTo(failure(Errno.EFAULT));
  }

  @Test
  void otherOperation_isNoQuestionAboutMemory() {
    Operation<?> probe = new Probe(Rid.parse("01:00.0"));
    assertThat(MemoryWords.isQuestion(probe)).isFalse();
    assertThatThrownBy(() -> words.answer(probe)).isInstanceOf(IllegalArgumentException.class);
  }
}
