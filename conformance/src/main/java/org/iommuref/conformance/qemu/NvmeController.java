package org.iommuref.conformance.qemu;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.iommuref.spec.operation.Reply.Loss;

/**
 * An NVMe controller that issues accesses on demand.
 *
 * <p>Its commands and the data that they carry lie in the controller's own memory buffer, its
 * completion queue is full from the start and takes no more: so the only accesses on the bus are
 * those asked for. Set Features reads memory, Get Features writes it. A read is of the aligned 512
 * bytes around a word (Host Behavior Support is the only feature that keeps what it read whole), a
 * write is of exactly the 8 bytes of a Timestamp. The controller does not tell whether an access
 * was refused: a refused read gives zeroes, a refused write changes nothing. NVM Express base
 * specification 2.0, 3.1.3, 5.27.1.9 and 5.27.1.18.
 */
final class NvmeController {

  /** The bytes of its registers that are mapped, rounded up to where the memory buffer begins. */
  static final long REGISTER_BYTES = 0x20_0000;

  /** The upper 16 bits of every value that a controller can write. */
  static final long WRITTEN_UPPER_BITS = 0x0002;

  private static final int CC = 0x14;
  private static final int AQA = 0x24;
  private static final int ASQ = 0x28;
  private static final int ACQ = 0x30;
  private static final int CMBMSC = 0x50;
  private static final int TAIL_DOORBELL = 0x1000;

  /** Of an entry of the MSI-X table; its first one is of the completion queue. */
  private static final int MESSAGE_DATA = 8;

  private static final int VECTOR_CONTROL = 12;
  private static final int MASKED = 1;

  /** Where the controller takes its memory buffer to be: no address that any case uses. */
  private static final long BUFFER = 0xff00_0000_0000_0000L;

  private static final int ENABLE_BUFFER = 3;
  private static final int ENABLE = 1 | 6 << 16 | 4 << 20;

  private static final int QUEUE_ENTRIES = 4096;
  private static final int COMPLETION_ENTRIES = 2;
  private static final int COMMAND_BYTES = 64;

  private static final int BLOCK = 0x8_0000;
  private static final int BLOCK_BYTES = 512;
  private static final int DONE = BLOCK + BLOCK_BYTES;
  private static final int VALUE = DONE + Long.BYTES;

  private static final int SET_FEATURES = 0x09;
  private static final int GET_FEATURES = 0x0a;
  private static final int TIMESTAMP = 0x0e;
  private static final int HOST_BEHAVIOR = 0x16;

  private static final long PENDING = -1;
  private static final int MOST_POLLS = 10_000;

  private final Qtest qtest;
  private final long registers;
  private final long buffer;
  private final long vector;
  private int tail;

  /**
   * Enables the controller.
   *
   * @param registers where its registers are mapped; its memory buffer {@link #REGISTER_BYTES}
   *     behind
   * @param completions a page of memory for its completion queue, which it writes to once, now
   * @param vector where the first entry of its MSI-X table is mapped
   */
  NvmeController(Qtest qtest, long registers, long completions, long vector) {
    this.qtest = qtest;
    this.registers = registers;
    this.buffer = registers + REGISTER_BYTES;
    this.vector = vector;
    qtest.writeInt(registers + CMBMSC + Integer.BYTES, (int) (BUFFER >>> Integer.SIZE));
    qtest.writeInt(registers + CMBMSC, (int) BUFFER | ENABLE_BUFFER);
    qtest.writeInt(registers + AQA, ((COMPLETION_ENTRIES - 1) << 16) | (QUEUE_ENTRIES - 1));
    qtest.writeLong(registers + ASQ, BUFFER);
    qtest.writeLong(registers + ACQ, completions);
    qtest.writeInt(registers + CC, ENABLE);
    carryOut();
  }

  /** Reads the aligned 8 bytes at {@code address}: their value, or 0 if the read was refused. */
  long read(long address) {
    int word = (int) (address & (BLOCK_BYTES - 1));
    command(SET_FEATURES, HOST_BEHAVIOR, address - word);
    command(GET_FEATURES, HOST_BEHAVIOR, BUFFER + BLOCK);
    carryOut();
    return qtest.readLong(buffer + BLOCK + word);
  }

  /**
   * Writes the aligned 8 bytes at {@code address}.
   *
   * @throws UnsupportedOperationException if the value is none that a controller can write
   */
  void write(long address, long value) {
    if (value >>> 48 != WRITTEN_UPPER_BITS) {
      throw new UnsupportedOperationException(
          "an NVMe controller writes 48 bits below 0x0002, not 0x" + Long.toHexString(value));
    }
    qtest.writeLong(buffer + VALUE, value);
    command(SET_FEATURES, TIMESTAMP, BUFFER + VALUE);
    command(GET_FEATURES, TIMESTAMP, address);
    carryOut();
  }

  /**
   * Sends an interrupt, if MSI-X was turned on before the controller was. Its completion queue has
   * always something to tell, so that every command leaves an interrupt pending under the mask.
   */
  void interrupt(long address, int data) {
    carryOut();
    qtest.writeLong(registers + vector, address);
    qtest.writeInt(registers + vector + MESSAGE_DATA, data);
    qtest.writeInt(registers + vector + VECTOR_CONTROL, 0);
    qtest.writeInt(registers + vector + VECTOR_CONTROL, MASKED);
  }

  /** Rings the doorbell, and returns when the last command is done. */
  private void carryOut() {
    qtest.writeLong(buffer + DONE, PENDING);
    command(GET_FEATURES, TIMESTAMP, BUFFER + DONE);
    qtest.writeInt(registers + TAIL_DOORBELL, tail);
    for (int poll = 0; poll < MOST_POLLS; poll++) {
      if (qtest.readLong(buffer + DONE) != PENDING) {
        return;
      }
    }
    throw new QemuLostException(
        Loss.TIMEOUT, "the NVMe controller does not carry out its commands");
  }

  private void command(int opcode, int feature, long pointer) {
    if (tail == QUEUE_ENTRIES - 1) {
      throw new IllegalStateException("the case has more accesses than an NVMe queue has entries");
    }
    ByteBuffer command = ByteBuffer.allocate(COMMAND_BYTES).order(ByteOrder.LITTLE_ENDIAN);
    command.putInt(0, opcode).putLong(24, pointer).putInt(40, feature);
    qtest.write(buffer + (long) tail * COMMAND_BYTES, command.array());
    tail++;
  }
}
