package org.iommuref.model.mutant;

import static org.iommuref.model.mutant.IommufdMutants.mutant;

import java.util.List;
import org.iommuref.spec.errno.Result;
import org.iommuref.spec.iommufd.Caller;
import org.iommuref.spec.iommufd.FileId;
import org.iommuref.spec.iommufd.Processes;
import org.iommuref.spec.iommufd.uapi.Structure;
import org.iommuref.spec.iommufd.uapi.Uapi;
import org.iommuref.spec.spi.Mutant;

/** Records of queues with fields in other places, or with other numbers in them. */
final class WrongRecords {

  private static final Structure RECORD = Uapi.linux().structure("iommu_hwpt_pgfault");
  private static final Structure RESPONSE = Uapi.linux().structure("iommu_hwpt_page_response");
  private static final Structure HEADER = Uapi.linux().structure("iommufd_vevent_header");

  private WrongRecords() {}

  static List<Mutant> mutants() {
    return List.of(
        mutant(
            "record-cookie-before-length",
            "has the cookie of a page fault before the length",
            reading(RECORD, record -> swap(RECORD, record, "cookie", "length")),
            "UAPI-047"),
        mutant(
            "record-flags-turned",
            "has the flags of a page fault the other way round",
            reading(RECORD, record -> turnFlags(record)),
            "UAPI-054"),
        mutant(
            "response-codes-from-one",
            "counts the codes of answers from 1 on",
            writing(answer -> RESPONSE.set(answer, "code", RESPONSE.get(answer, "code") - 1)),
            "UAPI-054"),
        mutant(
            "response-code-first",
            "takes the code of an answer for the cookie",
            writing(answer -> swap(RESPONSE, answer, "cookie", "code")),
            "UAPI-048"),
        mutant(
            "event-number-first",
            "has the number of an event before its flags",
            reading(HEADER, header -> swap(HEADER, header, "flags", "sequence")),
            "UAPI-049"),
        mutant(
            "lost-events-second-flag",
            "says that events are lost by flag 2",
            reading(HEADER, header -> HEADER.set(header, "flags", 2 * HEADER.get(header, "flags"))),
            "UAPI-055"));
  }

  /** Changes one record. */
  @FunctionalInterface
  private interface Change {
    void apply(byte[] record);
  }

  private static void swap(Structure structure, byte[] bytes, String one, String other) {
    long first = structure.get(bytes, one);
    structure.set(bytes, one, structure.get(bytes, other));
    structure.set(bytes, other, first);
  }

  private static void turnFlags(byte[] record) {
    long flags = RECORD.get(record, "flags");
    RECORD.set(record, "flags", (flags & 1) << 1 | flags >> 1);
  }

  /** The first record of each read is changed on its way out. */
  private static WrongKernel reading(Structure structure, Change change) {
    return WrongKernel.above(
        (iommufd, processes) ->
            new ForwardingIommufd(iommufd) {
              @Override
              public Result<Integer> read(Caller caller, FileId file, long buffer, long count) {
                Result<Integer> result = super.read(caller, file, buffer, count);
                if (result.isOk() && result.value() >= structure.size()) {
                  change(processes, caller, buffer, structure, change);
                }
                return result;
              }
            });
  }

  /** The first answer of each write is changed on its way in. */
  private static WrongKernel writing(Change change) {
    return WrongKernel.above(
        (iommufd, processes) ->
            new ForwardingIommufd(iommufd) {
              @Override
              public Result<Integer> write(Caller caller, FileId file, long buffer, long count) {
                if (count >= RESPONSE.size()) {
                  change(processes, caller, buffer, RESPONSE, change);
                }
                return super.write(caller, file, buffer, count);
              }
            });
  }

  private static void change(
      Processes processes, Caller caller, long address, Structure structure, Change change) {
    Result<byte[]> bytes = processes.copyIn(caller.process(), address, structure.size());
    if (bytes.isOk()) {
      change.apply(bytes.value());
      var ignored = processes.copyOut(caller.process(), address, bytes.value());
    }
  }
}
