package org.iommuref.conformance.target;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.iommuref.spec.iommufd.program.Argument;
import org.iommuref.spec.iommufd.program.Names;
import org.iommuref.spec.iommufd.program.ProgramCall;
import org.iommuref.spec.iommufd.uapi.Command;
import org.iommuref.spec.iommufd.uapi.Structure;
import org.iommuref.spec.iommufd.uapi.Uapi;
import org.jspecify.annotations.Nullable;

/** The bytes that a call of a program passes, and the fields that it finds in bytes afterwards. */
final class PassedStructure {

  private static final int SIZE_BYTES = 4;

  private PassedStructure() {}

  /** The command of a call; null for a whole number, whose argument has no layout. */
  static @Nullable Command commandOf(ProgramCall.Ioctl call) {
    return Character.isDigit(call.command().charAt(0))
        ? null
        : Uapi.linux().command(call.command());
  }

  /** What an ioctl passes. */
  static byte[] of(ProgramCall.Ioctl call, Names names) {
    Command command = commandOf(call);
    byte[] bytes = command == null ? new byte[8] : command.blank();
    if (command != null) {
      fill(command.structure(), bytes, call.set(), names);
    }
    if (call.tail() != null) {
      byte[] tail = call.tail().toArray();
      int known = bytes.length;
      bytes = Arrays.copyOf(bytes, known + tail.length);
      System.arraycopy(tail, 0, bytes, known, tail.length);
    }
    Integer size = call.size();
    if (size != null) {
      bytes = Arrays.copyOf(bytes, Math.max(SIZE_BYTES, size));
      setSize(bytes, size);
    } else if (call.tail() != null) {
      setSize(bytes, bytes.length);
    }
    return bytes;
  }

  /** What a write passes: the same structure so many times. */
  static byte[] of(ProgramCall.Write call, Names names) {
    String name = call.structure();
    Structure structure =
        name == null ? new Structure("bytes", 1, Map.of()) : Uapi.linux().structure(name);
    byte[] one = new byte[structure.size()];
    fill(structure, one, call.set(), names);
    byte[] all = new byte[one.length * call.copies()];
    for (int copy = 0; copy < call.copies(); copy++) {
      System.arraycopy(one, 0, all, copy * one.length, one.length);
    }
    return all;
  }

  /** The fields that lie within the bytes. */
  static List<Argument> fieldsOf(Structure structure, byte[] bytes) {
    List<Argument> fields = new ArrayList<>();
    for (String field : structure.fields().keySet()) {
      if (structure.holds(bytes.length, field)) {
        fields.add(Argument.of(field, structure.get(bytes, field)));
      }
    }
    return fields;
  }

  private static void fill(Structure structure, byte[] bytes, List<Argument> set, Names names) {
    for (Argument argument : set) {
      structure.set(bytes, argument.field(), names.of(argument.value()));
    }
  }

  private static void setSize(byte[] bytes, int size) {
    for (int i = 0; i < SIZE_BYTES; i++) {
      bytes[i] = (byte) (size >>> (8 * i));
    }
  }
}
