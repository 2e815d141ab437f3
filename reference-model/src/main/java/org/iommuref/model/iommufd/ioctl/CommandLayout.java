package org.iommuref.model.iommufd.ioctl;

import java.util.List;

/**
 * The structure of a command.
 *
 * @param name as in include/uapi/linux/iommufd.h
 * @param size that the kernel knows, in bytes
 * @param minimum that a caller may give, in bytes
 * @param fields behind the size field, by ascending offset
 */
public record CommandLayout(String name, int size, int minimum, List<Field> fields) {

  /** The field with which every structure begins. */
  public static final Field SIZE = Field.in32("size", 0);

  /** Copies the list. */
  public CommandLayout {
    fields = List.copyOf(fields);
  }

  /** A structure whose first version ended with its last field. */
  public static CommandLayout of(String name, int size, Field... fields) {
    return new CommandLayout(name, size, fields[fields.length - 1].end(), List.of(fields));
  }

  /** The same, whose first version ended with {@code last}. */
  public CommandLayout endingAt(Field last) {
    return new CommandLayout(name, size, last.end(), fields);
  }
}
