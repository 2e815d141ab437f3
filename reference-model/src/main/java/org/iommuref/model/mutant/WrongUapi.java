package org.iommuref.model.mutant;

import static org.iommuref.model.mutant.IommufdMutants.mutant;

import java.util.ArrayList;
import java.util.List;
import org.iommuref.spec.errno.Errno;
import org.iommuref.spec.errno.Result;
import org.iommuref.spec.iommufd.Caller;
import org.iommuref.spec.iommufd.FileId;
import org.iommuref.spec.iommufd.Iommufd;
import org.iommuref.spec.iommufd.Node;
import org.iommuref.spec.iommufd.Processes;
import org.iommuref.spec.iommufd.uapi.Uapi;
import org.iommuref.spec.spi.Mutant;

/** The binary interface, wrong where no list of checks says what is right. */
final class WrongUapi {

  private static final int NUMBER_BITS = 0xffff;

  private WrongUapi() {}

  static List<Mutant> mutants() {
    return List.of(
        mutant(
            "one-context-for-all",
            "gives every open the context of the first",
            WrongKernel.above((iommufd, processes) -> new OneContext(iommufd)),
            "UAPI-001"),
        mutant(
            "any-bits-of-number",
            "looks at the low 16 bits of a command alone",
            WrongKernel.above((iommufd, processes) -> new AnyBits(iommufd)),
            "UAPI-002"),
        mutant(
            "exact-size",
            "refuses every structure of another size than it knows",
            WrongKernel.above(ExactSize::new),
            "UAPI-007"));
  }

  private static final class OneContext extends ForwardingIommufd {
    private final List<FileId> first = new ArrayList<>();

    OneContext(Iommufd right) {
      super(right);
    }

    @Override
    public Result<FileId> open(Caller caller, Node node) {
      if (!first.isEmpty()) {
        return Result.ok(first.get(0));
      }
      Result<FileId> opened = super.open(caller, node);
      if (opened.isOk()) {
        first.add(opened.value());
      }
      return opened;
    }
  }

  private static final class ExactSize extends ForwardingIommufd {
    private final Processes processes;

    ExactSize(Iommufd right, Processes processes) {
      super(right);
      this.processes = processes;
    }

    @Override
    public Result<Integer> ioctl(Caller caller, FileId file, int command, long argument) {
      Result<byte[]> size = processes.copyIn(caller.process(), argument, 1);
      boolean other =
          size.isOk()
              && Uapi.linux().commands().values().stream()
                  .filter(known -> known.number() == command)
                  .anyMatch(known -> known.structure().size() < size.value()[0]);
      return other ? Result.err(Errno.EINVAL) : super.ioctl(caller, file, command, argument);
    }
  }

  private static final class AnyBits extends ForwardingIommufd {
    AnyBits(Iommufd right) {
      super(right);
    }

    @Override
    public Result<Integer> ioctl(Caller caller, FileId file, int command, long argument) {
      return super.ioctl(caller, file, command & NUMBER_BITS, argument);
    }
  }
}
