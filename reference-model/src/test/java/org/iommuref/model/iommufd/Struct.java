package org.iommuref.model.iommufd;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** A structure in little-endian bytes, written and read by offsets; it begins with its size. */
public final class Struct {

  private byte[] bytes;

  private Struct(int size) {
    bytes = new byte[size];
  }

  /** A structure that says its own size. */
  public static Struct of(int size) {
    return new Struct(size).u32(0, size);
  }

  public Struct u16(int offset, int value) {
    buffer().putShort(offset, (short) value);
    return this;
  }

  public Struct u32(int offset, int value) {
    buffer().putInt(offset, value);
    return this;
  }

  public Struct u64(int offset, long value) {
    buffer().putLong(offset, value);
    return this;
  }

  public int u32(int offset) {
    return buffer().getInt(offset);
  }

  public long u64(int offset) {
    return buffer().getLong(offset);
  }

  byte[] bytes() {
    return bytes;
  }

  void replace(byte[] answered) {
    bytes = answered;
  }

  private ByteBuffer buffer() {
    return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }
}
