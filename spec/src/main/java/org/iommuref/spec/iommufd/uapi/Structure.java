package org.iommuref.spec.iommufd.uapi;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The layout of a structure in memory, little-endian.
 *
 * @param name of the structure, or of the command that takes it
 * @param size in bytes
 * @param fields by name, in the order of their offsets
 */
public record Structure(String name, int size, Map<String, Place> fields) {

  /**
   * Where a field lies.
   *
   * @param offset in bytes
   * @param width 1, 2, 4 or 8 bytes
   */
  public record Place(int offset, int width) {}

  /** Copies the fields. */
  public Structure {
    fields = Collections.unmodifiableMap(new LinkedHashMap<>(fields));
  }

  /** A field, unsigned. */
  public long get(byte[] bytes, String field) {
    Place place = place(field);
    ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    return switch (place.width()) {
      case 1 -> buffer.get(place.offset()) & 0xffL;
      case 2 -> buffer.getShort(place.offset()) & 0xffffL;
      case 4 -> buffer.getInt(place.offset()) & 0xffff_ffffL;
      default -> buffer.getLong(place.offset());
    };
  }

  /** Sets the low bytes of a value in a field. */
  public void set(byte[] bytes, String field, long value) {
    Place place = place(field);
    ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    switch (place.width()) {
      case 1 -> buffer.put(place.offset(), (byte) value);
      case 2 -> buffer.putShort(place.offset(), (short) value);
      case 4 -> buffer.putInt(place.offset(), (int) value);
      default -> buffer.putLong(place.offset(), value);
    }
  }

  /** Whether a structure of so many bytes holds the field. */
  public boolean holds(int bytes, String field) {
    Place place = place(field);
    return place.offset() + place.width() <= bytes;
  }

  /**
   * Where the field lies.
   *
   * @throws IllegalArgumentException if there is none of that name
   */
  public Place place(String field) {
    Place place = fields.get(field);
    if (place == null) {
      throw new IllegalArgumentException(
          name + " has no field " + field + "; there are " + String.join(", ", fields.keySet()));
    }
    return place;
  }
}
