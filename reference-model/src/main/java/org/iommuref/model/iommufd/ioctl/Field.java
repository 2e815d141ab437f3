package org.iommuref.model.iommufd.ioctl;

/**
 * A field of a structure, little-endian.
 *
 * @param name as in include/uapi/linux/iommufd.h
 * @param offset of its first byte
 * @param width in bytes: 1, 2, 4 or 8
 * @param direction who gives it a value
 */
public record Field(String name, int offset, int width, Direction direction) {

  /** Who gives a field its value. */
  public enum Direction {
    /** The caller. */
    IN,
    /** The kernel. */
    OUT,
    /** The caller, and then the kernel. */
    IN_OUT,
    /** Nobody: it must be zero, or is not looked at. */
    RESERVED
  }

  /** A field of 4 bytes that the caller fills. */
  public static Field in32(String name, int offset) {
    return new Field(name, offset, 4, Direction.IN);
  }

  /** A field of 8 bytes that the caller fills. */
  public static Field in64(String name, int offset) {
    return new Field(name, offset, 8, Direction.IN);
  }

  /** A field of 4 bytes that the kernel fills. */
  public static Field out32(String name, int offset) {
    return new Field(name, offset, 4, Direction.OUT);
  }

  /** The same field, filled by both. */
  public Field inOut() {
    return new Field(name, offset, width, Direction.IN_OUT);
  }

  /** The same field, filled by the kernel. */
  public Field out() {
    return new Field(name, offset, width, Direction.OUT);
  }

  /** A reserved field. */
  public static Field reserved(String name, int offset, int width) {
    return new Field(name, offset, width, Direction.RESERVED);
  }

  /** The offset behind it. */
  public int end() {
    return offset + width;
  }
}
