package org.iommuref.conformance.program;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.HexFormat;

/** The bytes of a structure, little-endian; what is not set is zero. */
public final class Structure {

  private final byte[] array;
  private final ByteBuffer bytes;

  private Structure(byte[] array) {
    this.array = array;
    this.bytes = ByteBuffer.wrap(array).order(ByteOrder.LITTLE_ENDIAN);
  }

  /** A structure whose first field is its size. */
  public static Structure sized(int size) {
    return plain(size).set32(0, size);
  }

  /** A structure of zeros. */
  public static Structure plain(int size) {
    return new Structure(new byte[size]);
  }

  /** A structure as it was read back. */
  public static Structure of(String hex) {
    return new Structure(HexFormat.of().parseHex(hex));
  }

  /** A structure of these bytes. */
  public static Structure of(byte[] bytes) {
    return new Structure(bytes.clone());
  }

  /** Sets 2 bytes. */
  public Structure set16(int offset, int value) {
    bytes.putShort(offset, (short) value);
    return this;
  }

  /** Sets 4 bytes. */
  public Structure set32(int offset, int value) {
    bytes.putInt(offset, value);
    return this;
  }

  /** Sets 8 bytes. */
  public Structure set64(int offset, long value) {
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
  public Structure resized(int size, byte filler) {
    byte[] longer = Arrays.copyOf(array, size);
    Arrays.fill(longer, Math.min(size, array.length), size, filler);
    return new Structure(longer).set32(0, size);
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
