package org.iommuref.hw.vtd.matrix;

import org.iommuref.hw.vtd.VtdProvider;
import org.iommuref.hw.vtd.VtdUnits;
import org.iommuref.hw.vtd.layout.Granularity;
import org.iommuref.hw.vtd.unit.CommandRules;
import org.iommuref.hw.vtd.unit.ContextInvalidation;
import org.iommuref.hw.vtd.unit.InterruptRules;
import org.iommuref.hw.vtd.unit.IotlbInvalidation;
import org.iommuref.hw.vtd.unit.VtdConfiguration;

/** What is invalidated through registers and by commands. Manual 6.5.1 and 6.6. */
final class CommandScopes {

  private static final String[] ORDERS = {"", "global", "domain", "selective"};
  private static final int NO_DOMAIN = -1;

  private CommandScopes() {}

  static void addTo(Cells cells) {
    for (int order = 1; order <= 3; order++) {
      contexts(cells, order);
      translations(cells, order);
    }
    add(
        cells,
        "CCMD and IOTLB",
        "a refusal told as done",
        "VTD-046 at " + VtdUnits.FULL,
        new CommandRules() {
          @Override
          public int told(int granularity) {
            return granularity == 0 ? Granularity.GLOBAL : granularity;
          }
        });
    add(
        cells,
        "SRTP with ESRTPS",
        "everything stays",
        "VTD-043 at " + VtdUnits.FULL,
        new CommandRules() {
          @Override
          public boolean emptiesCaches(VtdConfiguration unit) {
            return false;
          }
        });
    add(
        cells,
        "TE cleared",
        "everything stays",
        "VTD-164 at " + VtdUnits.FULL,
        new CommandRules() {
          @Override
          public boolean emptiesCachesWhenOff(VtdConfiguration unit) {
            return false;
          }
        });
    cells.add(
        "SIRTP with ESIRTPS",
        "everything stays",
        VtdUnits.FULL,
        "VTD-199",
        (parts, unit) ->
            parts.with(
                parts
                    .scalable()
                    .with(
                        new InterruptRules() {
                          @Override
                          public boolean emptiesCache(VtdConfiguration of) {
                            return false;
                          }
                        })));
  }

  private static void contexts(Cells cells, int order) {
    add(
        cells,
        "CCMD: " + ORDERS[order],
        "nothing done",
        "VTD-044",
        new CommandRules() {
          @Override
          public ContextInvalidation carriedOut(ContextInvalidation of) {
            return of.granularity() == order
                ? new ContextInvalidation(Granularity.DOMAIN, NO_DOMAIN, 0, 0)
                : of;
          }
        });
  }

  private static void translations(Cells cells, int order) {
    add(
        cells,
        "IOTLB register: " + ORDERS[order],
        "nothing done",
        "VTD-045",
        new CommandRules() {
          @Override
          public IotlbInvalidation carriedOut(IotlbInvalidation of) {
            return of.granularity() == order
                ? new IotlbInvalidation(Granularity.DOMAIN, NO_DOMAIN, 0, 0, false, true, true)
                : of;
          }
        });
  }

  private static void add(
      Cells cells, String subject, String part, String rule, CommandRules rules) {
    cells.add(subject, part, VtdProvider.NAME, rule, (parts, unit) -> parts.with(rules));
  }
}
