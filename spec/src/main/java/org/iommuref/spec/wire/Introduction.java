package org.iommuref.spec.wire;

import java.util.List;
import java.util.Set;
import org.iommuref.spec.backend.HwInfo;
import org.iommuref.spec.clause.Capability;

/**
 * What a child says of itself in its reply to {@link Hello}; constant as long as it lives, and the
 * same when it is started again.
 *
 * @param name one word
 * @param version of the implementation, in its own manner
 * @param protocol the version of the wire that it speaks
 * @param seam the seam that it implements
 * @param role on which side of the seam it stands: {@code unit} at seam 1; at seam 2 {@code
 *     backend}, or {@code driver} of units that the runner has; {@code iommufd} at 3
 * @param architecture as in {@link HwInfo}
 * @param pageSizes as in {@link HwInfo}; of no meaning at seam 1, where registers tell
 * @param addressBits as in {@link HwInfo}; at seam 1 the width of host physical addresses, which no
 *     register tells
 * @param maxPasids as in {@link HwInfo}; of no meaning at seam 1
 * @param unit what the implementation can do; at seam 1 what its registers do not tell
 * @param stimulus what its devices can raise
 * @param ram who holds the memory; at seam 3 it is that of programs, and always the runner's
 * @param memory where pages for data may lie; the child's own tables lie elsewhere. At seam 1 the
 *     suite's tables and queues lie there too. Of no meaning at seam 3
 * @param window how many requests it takes before it has replied, at least 1
 * @param lineLimit the longest line that it takes, in bytes without its end
 */
public record Introduction(
    String name,
    String version,
    int protocol,
    int seam,
    String role,
    String architecture,
    long pageSizes,
    int addressBits,
    int maxPasids,
    Set<Capability> unit,
    Set<Capability> stimulus,
    RamOwner ram,
    MemoryRange memory,
    int window,
    int lineLimit) {

  /** The one role that seam 1 has for a child. */
  public static final String UNIT_ROLE = "unit";

  /** The role at seam 2 of a child that brings all below the seam. */
  public static final String BACKEND_ROLE = "backend";

  /** The role at seam 2 of a child that drives the runner's units, in the runner's memory. */
  public static final String DRIVER_ROLE = "driver";

  /** The one role that seam 3 has for a child. */
  public static final String IOMMUFD_ROLE = "iommufd";

  private static final int MOST_PASIDS = 1 << 20;

  /** Requires a protocol, seam and role that are spoken here, and numbers that make sense. */
  public Introduction {
    require(!name.isBlank(), "\"name\" is empty");
    require(protocol == Hello.PROTOCOL, "\"protocol\" must be " + Hello.PROTOCOL);
    List<String> due = rolesAt(seam);
    require(
        due.contains(role),
        "\"role\" must be \"" + String.join("\" or \"", due) + "\" at seam " + seam);
    require(
        !role.equals(DRIVER_ROLE) || ram == RamOwner.RUNNER,
        "\"ram\" must be \"runner\" for a driver: units reach the runner's memory");
    require(pageSizes != 0, "\"page_sizes\" has no bit set");
    require(addressBits > 0 && addressBits <= 64, "\"address_bits\" must be 1 to 64");
    require(maxPasids >= 0 && maxPasids <= MOST_PASIDS, "\"max_pasids\" must be 0 to 0x100000");
    requireKind(unit, "unit", Capability.Kind.UNIT);
    requireKind(stimulus, "stimulus", Capability.Kind.STIMULUS);
    require(window >= 1, "\"window\" must be at least 1");
    require(
        lineLimit >= Hello.LEAST_LINE_LIMIT,
        "\"line_limit\" must be at least " + Hello.LEAST_LINE_LIMIT);
    unit = Capability.closure(unit);
    stimulus = Capability.closure(stimulus);
  }

  /** What it claims, in the form that a backend in Java claims it. */
  public HwInfo hwInfo() {
    return new HwInfo(architecture, pageSizes, addressBits, maxPasids, unit, stimulus);
  }

  private static List<String> rolesAt(int seam) {
    return switch (seam) {
      case Hello.UNIT_SEAM -> List.of(UNIT_ROLE);
      case Hello.BACKEND_SEAM -> List.of(BACKEND_ROLE, DRIVER_ROLE);
      case Hello.IOMMUFD_SEAM -> List.of(IOMMUFD_ROLE);
      default -> throw new IllegalArgumentException("\"seam\" must be 1, 2 or 3");
    };
  }

  private static void requireKind(Set<Capability> claimed, String member, Capability.Kind kind) {
    for (Capability capability : claimed) {
      require(
          capability.kind() == kind,
          "\"" + member + "\" lists " + capability + ", which belongs in the other list");
    }
  }

  private static void require(boolean holds, String problem) {
    if (!holds) {
      throw new IllegalArgumentException(problem);
    }
  }
}
