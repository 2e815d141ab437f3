package org.iommuref.conformance.program;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.HexFormat;

/** The bytes of a structure, little-endian; what is not set is zero. */
public final class StructureBytes {

  private final byte[] array;
  private final ByteBuffer bytes;

  private StructureBytes(byte[] array) {
    this.array = array;
    this.bytes = ByteBuffer.wrap(array).order(ByteOrder.LITTLE_ENDIAN);
  }

  /** A structure whose first field is its size. */
  public static StructureBytes sized(int size) {
    return plain(size).set32(0, size);
  }

  /** A structure of zeros. */
  public static StructureBytes plain(int size) {
    return new StructureBytes(new byte[size]);
  }

  /** A structure as it was read back. */
  public static StructureBytes of(String hex) {
    return new StructureBytes(HexFormat.of().parseHex(hex));
  }

  /** A structure of these bytes. */
  public static StructureBytes of(byte[] bytes) {
    return new StructureBytes(bytes.clone());
  }

  /** Sets 2 bytes. */
  public StructureBytes set16(int offset, int value) {
    bytes.putShort(offset, (short) value);
    return this;
  }

  /** Sets 4 bytes. */
  public StructureBytes set32(int offset, int value) {
    bytes.putInt(offset, value);
    return this;
  }

  /** Sets 8 bytes. */
  public StructureBytes set64(int offset, long value) {
    bytes.putLong(offset, value);
    return this;
  }

  /** 4 bytes. */
  public int get32(int offset) {
    return bytes.getInt(offset);
  }

  /** 8 bytes. */
  public long get64(int offset) {
    return bytes.getLong(offset);
  }

  /** The same with other bytes behind: a caller that knows more, or less, than the kernel. */
  public StructureBytes resized(int size, byte filler) {
    byte[] longer = Arrays.copyOf(array, size);
    Arrays.fill(longer, Math.min(size, array.length), size, filler);
    return new StructureBytes(longer).set32(0, size);
  }

  /** How many bytes it has. */
  public int size() {
    return array.length;
  }

  /** A copy of the bytes. */
  public byte[] toBytes() {
    return array.clone();
  }

  /** The bytes as hex digits. */
  public String hex() {
    return HexFormat.of().formatHex(array);
  }
}
