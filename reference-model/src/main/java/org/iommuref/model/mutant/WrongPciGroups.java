package org.iommuref.model.mutant;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.iommuref.spec.spi.Mutant;
import org.iommuref.spec.spi.PciFunction;
import org.iommuref.spec.spi.PciFunction.Acs;

/** Cores that take functions of PCI for what they are not, and so form other groups. */
final class WrongPciGroups {

  private static final Set<Acs> ALL = EnumSet.allOf(Acs.class);
  private static final Set<Acs> NONE = EnumSet.noneOf(Acs.class);

  private WrongPciGroups() {}

  static List<Mutant> mutants() {
    List<Mutant> all = new ArrayList<>();
    for (Acs control : Acs.values()) {
      String name = control.name().toLowerCase(Locale.ROOT).replace('_', '-');
      all.add(
          seeing(
              "no-" + name + "-wanted",
              "takes a port without " + name + " for one with it",
              "GRP-021",
              function -> function.with(and(function.acs(), control))));
    }
    all.addAll(ofFunctions());
    return all;
  }

  private static List<Mutant> ofFunctions() {
    return List.of(
        seeing(
            "no-port-isolates",
            "sees no access control of a port",
            "GRP-020",
            function -> function.secondary() == null ? function : function.with(NONE)),
        seeing(
            "nearest-port-alone",
            "looks at no port of the root",
            "GRP-022",
            function ->
                function.type() == PciFunction.Type.ROOT_PORT ? function.with(ALL) : function),
        seeing(
            "functions-apart",
            "takes each function for a device",
            "GRP-023",
            function -> function.amongOthers(false)),
        seeing(
            "functions-together",
            "sees no access control of a function that is no port",
            "GRP-024",
            function -> function.secondary() == null ? function.with(NONE) : function),
        seeing(
            "bridge-as-port",
            "takes a bridge to conventional PCI for a port",
            "GRP-025",
            WrongPciGroups::asPort),
        seeing(
            "aliases-ignored",
            "does not see under which ids a function sends",
            "GRP-026",
            function -> function.aliasing(Set.of())));
  }

  private static PciFunction asPort(PciFunction function) {
    return switch (function.type()) {
      case BRIDGE_TO_PCI -> function.as(PciFunction.Type.DOWNSTREAM_PORT).with(ALL);
      case CONVENTIONAL -> function.as(PciFunction.Type.ENDPOINT);
      default -> function;
    };
  }

  private static Set<Acs> and(Set<Acs> some, Acs one) {
    Set<Acs> more = EnumSet.of(one);
    more.addAll(some);
    return more;
  }

  private static Mutant seeing(
      String name, String title, String clause, UnaryOperator<PciFunction> seen) {
    return CoreMutants.mutant(CoreMutants.IDEAL, name, title, clause, parts -> parts.withPci(seen));
  }
}
