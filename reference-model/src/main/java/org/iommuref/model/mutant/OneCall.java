package org.iommuref.model.mutant;

import java.util.Map;
import org.iommuref.spec.errno.Result;
import org.iommuref.spec.iommufd.Caller;
import org.iommuref.spec.iommufd.FileId;

/**
 * One call of the command of a {@link WrongCall}.
 *
 * @param of whose
 * @param caller who makes it
 * @param file on which file
 * @param argument where its structure lies
 */
record OneCall(WrongCall of, Caller caller, FileId file, long argument) {

  /** The call as it should be. */
  Result<Integer> right() {
    return of.right(caller, file, argument);
  }

  /** A field of the structure, 0 if it cannot be read. */
  long get(String field) {
    Long value = of.get(caller, argument, field);
    return value == null ? 0 : value;
  }

  /** Changes a field of the structure. */
  void set(String field, long value) {
    of.set(caller, argument, field, value);
  }

  /**
   * Another call on the same file, beside this one.
   *
   * @return what its structure holds afterwards in a field
   */
  Result<Long> also(String command, Map<String, Long> fields, String answer) {
    return of.also(this, command, fields, answer);
  }

  /** Another call of which no answer is wanted. */
  void also(String command, Map<String, Long> fields) {
    var ignored = also(command, fields, fields.keySet().iterator().next());
  }

  /** Whether another call succeeds. */
  boolean succeeds(String command, Map<String, Long> fields) {
    return also(command, fields, fields.keySet().iterator().next()).isOk();
  }

  /** 8 bytes of the caller's memory; 0 if they cannot be read. */
  long peek(long address) {
    return of.peek(caller, address);
  }

  /** Changes 8 bytes of the caller's memory, if they can be written. */
  void poke(long address, long number) {
    of.poke(caller, address, number);
  }

  /** Whether the structure can be written. */
  boolean isWritable() {
    return of.isWritable(caller, argument);
  }

  /** Whether 8 bytes of the caller's memory can be read. */
  boolean isReadable(long address) {
    return of.isReadable(caller, address);
  }
}
