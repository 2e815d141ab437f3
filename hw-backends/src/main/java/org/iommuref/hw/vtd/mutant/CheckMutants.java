package org.iommuref.hw.vtd.mutant;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.iommuref.hw.vtd.layout.FaultReason;
import org.iommuref.hw.vtd.unit.Check;
import org.iommuref.hw.vtd.unit.Checks;
import org.iommuref.hw.vtd.unit.DescriptorCheck;
import org.iommuref.hw.vtd.unit.DescriptorChecks;
import org.iommuref.hw.vtd.unit.VtdParts;

/**
 * Made from the declared lists of checks, not written by hand: each condition left out, each with
 * another reason, and the presence of an entry looked at after its fields.
 */
final class CheckMutants {

  private static final VtdParts UNIT = VtdParts.standard();

  /** What a device sees without the condition, by subject and name; all others need bad tables. */
  private static final Map<String, List<String>> SEEN_IF_DROPPED =
      Map.of(
          "context entry P", List.of("VTD-003"),
          "address beyond the domain", List.of("DOM-009", "VTD-009"),
          "rights W", List.of("MAP-003", "MAP-002", "DOM-003", "VTD-012"),
          "rights R", List.of("MAP-005", "MAP-002", "DOM-003", "VTD-013"));

  private CheckMutants() {}

  /** Those that a driver with correct tables shows. */
  static List<UnitMutant> seenByDevices() {
    List<UnitMutant> mutants = new ArrayList<>();
    for (Checks list : UNIT.checks().all()) {
      for (int i = 0; i < list.inOrder().size(); i++) {
        List<String> seen = SEEN_IF_DROPPED.get(key(list, i));
        if (seen != null) {
          mutants.add(dropped(list, i, seen));
          mutants.add(withWrongReason(list, i));
        }
      }
    }
    return mutants;
  }

  /** Those that show only where the test writes tables and descriptors itself. */
  static List<UnitMutant> seenAtRegisters() {
    List<UnitMutant> mutants = new ArrayList<>();
    for (Checks list : UNIT.checks().all()) {
      for (int i = 0; i < list.inOrder().size(); i++) {
        if (!SEEN_IF_DROPPED.containsKey(key(list, i))) {
          mutants.add(dropped(list, i, List.of(list.inOrder().get(i).clause())));
          mutants.add(withWrongReason(list, i));
        }
      }
    }
    Stream.of(UNIT.checks().root(), UNIT.checks().context())
        .forEach(list -> mutants.add(presenceLooked(list)));
    List<DescriptorCheck> descriptors = UNIT.descriptors().inOrder();
    for (int i = 0; i < descriptors.size(); i++) {
      mutants.add(withoutDescriptorCheck(descriptors.get(i), i));
      mutants.add(withWrongError(descriptors, i));
    }
    return mutants;
  }

  private static UnitMutant dropped(Checks list, int index, List<String> clauses) {
    return UnitMutant.of(
        slug("vtd-unit-drops " + key(list, index)),
        "the unit does not look at: " + key(list, index),
        UNIT.with(UNIT.checks().with(list.without(index))),
        clauses.toArray(String[]::new));
  }

  private static UnitMutant withWrongReason(Checks list, int index) {
    Check check = list.inOrder().get(index);
    FaultReason other = otherThan(check.reason());
    return UnitMutant.of(
        slug("vtd-unit-misreports " + key(list, index)),
        "the unit tells reason " + Integer.toHexString(other.code()) + "h of: " + key(list, index),
        UNIT.with(UNIT.checks().with(list.with(index, check.because(other)))),
        check.clause());
  }

  private static UnitMutant presenceLooked(Checks list) {
    return UnitMutant.of(
        slug("vtd-unit-looks-at-absent " + list.subject()),
        "the unit looks at reserved fields before presence: " + list.subject(),
        UNIT.with(UNIT.checks().with(list.swapped(0))),
        "VTD-006");
  }

  private static UnitMutant withoutDescriptorCheck(DescriptorCheck check, int index) {
    return UnitMutant.of(
        slug("vtd-unit-drops descriptor " + check.name()),
        "the queue does not look at: " + check.name(),
        UNIT.with(UNIT.descriptors().without(index)),
        check.clause().equals("VTD-038") ? "VTD-037" : check.clause());
  }

  private static UnitMutant withWrongError(List<DescriptorCheck> list, int index) {
    DescriptorCheck check = list.get(index);
    List<DescriptorCheck> wrong = new ArrayList<>(list);
    wrong.set(
        index, new DescriptorCheck(check.name(), check.clause(), check.test(), check.error() + 1));
    return UnitMutant.of(
        slug("vtd-unit-misreports descriptor " + check.name()),
        "the queue tells error " + (check.error() + 1) + " of: " + check.name(),
        UNIT.with(new DescriptorChecks(wrong)),
        check.clause().equals("VTD-037") ? "VTD-038" : check.clause());
  }

  /**
   * The next reason, in the order of codes, that is neither this one nor of an absent structure.
   */
  private static FaultReason otherThan(FaultReason reason) {
    List<FaultReason> all = List.of(FaultReason.values());
    int at = all.indexOf(reason);
    do {
      at = (at + 1) % all.size();
    } while (all.get(at).code() == reason.code() || all.get(at).code() <= FaultReason.LCT_2.code());
    return all.get(at);
  }

  private static String key(Checks list, int index) {
    return list.subject() + " " + list.inOrder().get(index).name();
  }

  private static String slug(String words) {
    return words.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-");
  }
}
