package org.iommuref.hw.vtd.mutant;

import java.util.List;
import java.util.stream.Stream;
import org.iommuref.hw.vtd.unit.CommandRules;
import org.iommuref.hw.vtd.unit.RegisterRules;
import org.iommuref.hw.vtd.unit.VtdConfiguration;
import org.iommuref.hw.vtd.unit.VtdParts;

/** Registers and commands that do something else than software asked for. */
final class RegisterMutants {

  private static final VtdParts UNIT = VtdParts.standard();

  private RegisterMutants() {}

  static List<UnitMutant> seenAtRegisters() {
    return Stream.of(commands(), queueAndRegisters(), halvesAndCaches())
        .flatMap(List::stream)
        .toList();
  }

  /** GCMD, GSTS and the root table. */
  private static List<UnitMutant> commands() {
    return List.of(
        UnitMutant.of(
            "vtd-unit-root-table-at-write",
            "the root table changes when RTADDR is written",
            UNIT.with(
                new CommandRules() {
                  @Override
                  public long rootTable(long latched, long register) {
                    return register;
                  }
                }),
            "VTD-027"),
        UnitMutant.of(
            "vtd-unit-always-translates",
            "requests are translated while TES is clear",
            UNIT.with(
                new CommandRules() {
                  @Override
                  public boolean translates(boolean status) {
                    return true;
                  }
                }),
            "VTD-028"),
        UnitMutant.of(
            "vtd-unit-status-stays-clear",
            "GSTS does not follow GCMD",
            UNIT.with(
                new CommandRules() {
                  @Override
                  public boolean status(boolean asked) {
                    return false;
                  }
                }),
            "VTD-029"));
  }

  /** IQH, and what a write changes. */
  private static List<UnitMutant> queueAndRegisters() {
    return List.of(
        UnitMutant.of(
            "vtd-unit-head-stays",
            "IQH keeps its value when the queue is turned off",
            UNIT.with(
                new CommandRules() {
                  @Override
                  public long headWhenOff(long head) {
                    return head;
                  }
                }),
            "VTD-039"),
        UnitMutant.of(
            "vtd-unit-read-only-written",
            "a write changes read-only fields",
            UNIT.with(new AllWritable()),
            "VTD-040"),
        UnitMutant.of(
            "vtd-unit-never-clears",
            "a 1 does not clear a write-1-to-clear field",
            UNIT.with(new NeverClears()),
            "VTD-040",
            "VTD-024"));
  }

  /** Accesses of four bytes, and what setting the root table leaves. */
  private static List<UnitMutant> halvesAndCaches() {
    return List.of(
        UnitMutant.of(
            "vtd-unit-no-halves",
            "an access of four bytes covers all eight",
            UNIT.with(
                new RegisterRules() {
                  @Override
                  public long covered(int offset, int width) {
                    return -1L;
                  }
                }),
            "VTD-041"),
        UnitMutant.of(
            "vtd-unit-root-pointer-keeps-caches",
            "setting the root table keeps the caches although the unit reports ESRTPS",
            UNIT.with(
                new CommandRules() {
                  @Override
                  public boolean emptiesCaches(VtdConfiguration unit) {
                    return false;
                  }
                }),
            "VTD-043"));
  }

  private static final class AllWritable implements RegisterRules {
    @Override
    public long written(int offset, long before, long bits, long writable, long clearable) {
      return bits;
    }
  }

  private static final class NeverClears implements RegisterRules {
    @Override
    public long written(int offset, long before, long bits, long writable, long clearable) {
      return (before & ~writable) | (bits & writable);
    }
  }
}
