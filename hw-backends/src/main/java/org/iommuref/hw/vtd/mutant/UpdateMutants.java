package org.iommuref.hw.vtd.mutant;

import java.util.List;
import org.iommuref.hw.vtd.unit.EntryRules;
import org.iommuref.hw.vtd.unit.InterruptRules;
import org.iommuref.hw.vtd.unit.VtdParts;
import org.iommuref.spec.memory.Memory;

/** Entries and descriptors in memory that takes no atomic access, treated wrongly. */
final class UpdateMutants {

  private static final VtdParts UNIT = VtdParts.standard();

  private UpdateMutants() {}

  /** All of them: no driver has such memory. */
  static List<UnitMutant> seenAtRegisters() {
    return List.of(
        of(
            "vtd-unit-sets-flags-by-writes",
            "flags are set by a write, which all memory takes",
            new EntryRules() {
              @Override
              public long takesFlags(Memory memory, long at) {
                return 1;
              }

              @Override
              public boolean setFlags(Memory memory, long at, long before, long flags) {
                memory.writeLong(at, before | flags);
                return true;
              }
            }),
        of(
            "vtd-unit-reads-entries-atomically",
            "an entry that needs no flag is an access error where memory takes no atomic access",
            new EntryRules() {
              @Override
              public boolean isReadable(Memory memory, long at) {
                return memory.contains(at) && memory.takesAtomics(at);
              }
            }),
        UnitMutant.of(
            "vtd-unit-posts-by-writes",
            "interrupts are posted by writes, which all memory takes",
            UNIT.with(
                UNIT.scalable()
                    .with(
                        new InterruptRules() {
                          @Override
                          public boolean takesPosting(Memory memory, long descriptor) {
                            return memory.contains(descriptor);
                          }
                        })),
            "VTD-208"));
  }

  private static UnitMutant of(String name, String title, EntryRules rules) {
    return UnitMutant.of(name, title, UNIT.with(UNIT.scalable().with(rules)), "VTD-139", "VTD-148");
  }
}
