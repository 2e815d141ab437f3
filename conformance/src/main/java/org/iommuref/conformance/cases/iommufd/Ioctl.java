package org.iommuref.conformance.cases.iommufd;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.iommuref.spec.errno.Errno;
import org.iommuref.spec.iommufd.call.Bytes;
import org.iommuref.spec.iommufd.program.Argument;
import org.iommuref.spec.iommufd.program.Expect;
import org.iommuref.spec.iommufd.program.ProgramCall;
import org.jspecify.annotations.Nullable;

/** An ioctl of a {@link Program} in the making: what is passed, then what must come of it. */
final class Ioctl {

  private final Program program;
  private final String command;
  private String process = ProgramCall.MAIN;
  private String file = Program.IOMMU;
  private final List<Argument> set = new ArrayList<>();
  private @Nullable Integer size;
  private @Nullable Bytes tail;
  private @Nullable String at;
  private final List<Argument> names = new ArrayList<>();
  private final List<Argument> gives = new ArrayList<>();
  private @Nullable String result;

  Ioctl(Program program, String command) {
    this.program = program;
    this.command = command;
  }

  /** On another file. */
  Ioctl on(String otherFile) {
    this.file = otherFile;
    return this;
  }

  /** By another process. */
  Ioctl by(String otherProcess) {
    this.process = otherProcess;
    return this;
  }

  /** Sets a field. */
  Ioctl set(String field, long number) {
    set.add(Argument.of(field, number));
    return this;
  }

  /** Sets a field to the number of what goes by that name. */
  Ioctl id(String field, String name) {
    set.add(Argument.named(field, name));
    return this;
  }

  /** Passes the driver's data at {@link Program#DATA}. */
  Ioctl data(int type, int length) {
    return set("data_type", Integer.toUnsignedLong(type))
        .set("data_len", length)
        .set("data_uptr", Program.DATA);
  }

  /** Passes so many bytes, and says so in the field of the size. */
  Ioctl size(int bytes) {
    this.size = bytes;
    return this;
  }

  /** Passes more behind what Linux 7.2 knows: bytes, two hex digits each. */
  Ioctl tail(String hex) {
    this.tail = new Bytes(hex);
    return this;
  }

  /** Passes this address, or plain number, whatever lies there. */
  Ioctl at(long address) {
    this.at = "0x" + Long.toHexString(address);
    return this;
  }

  /** What a field holds afterwards goes by a name from now on. */
  Ioctl names(String field, String name) {
    names.add(new Argument(field, name));
    return this;
  }

  /** A field must hold this number afterwards. */
  Ioctl gives(String field, long number) {
    gives.add(Argument.of(field, number));
    return this;
  }

  /** A field must hold the number of what goes by that name afterwards. */
  Ioctl givesId(String field, String name) {
    gives.add(Argument.named(field, name));
    return this;
  }

  /** The call must return this number. */
  Ioctl returns(long number) {
    this.result = "0x" + Long.toHexString(number);
    return this;
  }

  /** It must succeed, with the fields that were said. */
  Program succeeds() {
    return end(Set.of());
  }

  /** It must fail with one of these errnos, with the fields that were said. */
  Program fails(Errno... errnos) {
    return end(Set.of(errnos));
  }

  private Program end(Set<Errno> errnos) {
    return program.add(
        new ProgramCall.Ioctl(
            process,
            file,
            command,
            set,
            size,
            tail,
            at,
            names,
            new Expect(errnos, result, gives, null)));
  }
}
