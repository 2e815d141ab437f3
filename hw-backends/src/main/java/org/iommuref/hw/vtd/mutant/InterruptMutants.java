package org.iommuref.hw.vtd.mutant;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.iommuref.hw.vtd.layout.FaultReason;
import org.iommuref.hw.vtd.unit.FaultRules;
import org.iommuref.hw.vtd.unit.InterruptCheck;
import org.iommuref.hw.vtd.unit.InterruptChecks;
import org.iommuref.hw.vtd.unit.InterruptRules;
import org.iommuref.hw.vtd.unit.VtdConfiguration;
import org.iommuref.hw.vtd.unit.VtdParts;
import org.iommuref.spec.memory.Memory.Atom;
import org.iommuref.spec.unit.UnitMessage.Msi;

/** Interrupts that are refused, remapped or cached wrongly. */
final class InterruptMutants {

  private static final VtdParts UNIT = VtdParts.standard();

  private InterruptMutants() {}

  /** All of them: no driver uses interrupt remapping. */
  static List<UnitMutant> seenAtRegisters() {
    List<UnitMutant> mutants = new ArrayList<>(rules());
    InterruptChecks checks = UNIT.scalable().interruptChecks();
    for (int i = 0; i < checks.all().size(); i++) {
      InterruptCheck check = checks.all().get(i);
      mutants.add(
          UnitMutant.of(
              slug("vtd-unit-drops interrupt " + check.name()),
              "the unit does not look at an interrupt's: " + check.name(),
              UNIT.with(UNIT.scalable().with(checks.with(i, null))),
              check.clause()));
      mutants.add(
          UnitMutant.of(
              slug("vtd-unit-misreports interrupt " + check.name()),
              "the unit tells reason 28h of an interrupt's: " + check.name(),
              UNIT.with(UNIT.scalable().with(checks.with(i, check.because(FaultReason.IR_28)))),
              check.clause()));
    }
    return mutants;
  }

  private static List<UnitMutant> rules() {
    return List.of(
        of(
            "vtd-unit-cuts-destinations",
            "a remapped interrupt always goes to a destination of 8 bits",
            new InterruptRules() {
              @Override
              public Msi remapped(Atom entry, boolean extended) {
                return InterruptRules.super.remapped(entry, false);
              }
            },
            "VTD-196"),
        of(
            "vtd-unit-notifies-every-time",
            "a posted interrupt is notified whatever ON and SN say",
            new InterruptRules() {
              @Override
              public boolean notifies(boolean outstanding, boolean suppressed, boolean urgent) {
                return true;
              }
            },
            "VTD-205"),
        of(
            "vtd-unit-notifies-before-posting",
            "a notification leaves before its interrupt can be read in the descriptor",
            new InterruptRules() {
              @Override
              public void inOrder(Runnable update, Runnable notification) {
                InterruptRules.super.inOrder(notification, update);
              }
            },
            "VTD-211"),
        of(
            "vtd-unit-posts-refused",
            "an interrupt whose descriptor has a reserved bit set is posted all the same",
            new InterruptRules() {
              @Override
              public long reservedOfDescriptor(int quadword, boolean extended) {
                return 0;
              }
            },
            "VTD-207",
            "VTD-209"),
        of(
            "vtd-unit-notifies-deasserted",
            "a notification is not asserted",
            new InterruptRules() {
              @Override
              public Msi notification(long control, boolean extended) {
                Msi message = InterruptRules.super.notification(control, extended);
                return new Msi(message.address(), message.data() & ~LEVEL);
              }
            },
            "VTD-206"),
        of(
            "vtd-unit-cuts-destinations-of-notifications",
            "a notification always goes to a destination of 8 bits",
            new InterruptRules() {
              @Override
              public Msi notification(long control, boolean extended) {
                return InterruptRules.super.notification(control, false);
              }
            },
            "VTD-206"),
        of(
            "vtd-unit-interrupt-mask-ignored",
            "the index mask of an invalidation says nothing",
            new InterruptRules() {
              @Override
              public boolean takes(boolean byIndex, int index, int mask, int cached) {
                return InterruptRules.super.takes(byIndex, index, 0, cached);
              }
            },
            "VTD-198"),
        of(
            "vtd-unit-interrupt-table-at-write",
            "a write to IRTA changes the table at once",
            new InterruptRules() {
              @Override
              public long table(long latched, long register) {
                return register;
              }
            },
            "VTD-199"),
        of(
            "vtd-unit-interrupt-table-keeps-cache",
            "ESIRTPS says nothing",
            new InterruptRules() {
              @Override
              public boolean emptiesCache(VtdConfiguration unit) {
                return false;
              }
            },
            "VTD-199"),
        UnitMutant.of(
            "vtd-unit-records-no-index",
            "the record of an interrupt leaves out the index",
            UNIT.with(
                new FaultRules() {
                  @Override
                  public long interruptLow(int index) {
                    return 0;
                  }
                }),
            "VTD-200"));
  }

  private static UnitMutant of(String name, String title, InterruptRules rules, String... clauses) {
    return UnitMutant.of(name, title, UNIT.with(UNIT.scalable().with(rules)), clauses);
  }

  private static String slug(String words) {
    return words.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-");
  }
}
