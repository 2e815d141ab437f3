package org.iommuref.hw.vtd.driver;

import org.iommuref.hw.vtd.layout.PasidEntry;

/**
 * The entries by which PASIDs reach domains.
 *
 * <p>AW is written only where the units have a second stage, by which alone it is not reserved, or
 * where they take the width of a first stage from it nonetheless. Linux writes it in every entry.
 * Manual 9.6; source: drivers/iommu/intel/pasid.c.
 */
final class PasidEntries {

  private static final int FIVE_LEVELS = 5;

  private final UnitAbilities abilities;
  private final boolean hasWidth;
  private final boolean snoopsPages;

  /**
   * Those for such units.
   *
   * @param firstStageHasWidth if a first stage is as wide as AW says
   * @param snoopsPages as in {@link DriverParts}
   */
  PasidEntries(UnitAbilities abilities, boolean firstStageHasWidth, boolean snoopsPages) {
    this.abilities = abilities;
    this.snoopsPages = snoopsPages;
    this.hasWidth = abilities.scalable().secondStage() || firstStageHasWidth;
  }

  /** The entry of a domain that is not blocked. */
  long[] of(VtdDomain domain, int domainId) {
    return switch (domain.kind()) {
      case IDENTITY -> passThrough();
      case FIRST_STAGE -> firstStage(domain, domainId);
      case SECOND_STAGE -> secondStage(PasidEntry.PGTT_SECOND_STAGE, domain, domainId);
      case NESTED -> nested(domain.nesting(), domainId);
      case BLOCKED -> throw new IllegalArgumentException("a blocked device has no entry");
    };
  }

  private long[] passThrough() {
    return present(PasidEntry.PGTT_PASS_THROUGH, DomainIds.IDENTITY);
  }

  private long[] firstStage(VtdDomain domain, int domainId) {
    long[] entry = present(PasidEntry.PGTT_FIRST_STAGE, domainId);
    entry[PasidEntry.FSPTPTR.quadword()] |= PasidEntry.FSPTPTR.address(domain.ownTable().root());
    PasidEntry.put(entry, PasidEntry.PGSNP, pageSnoop(domain));
    boolean five = abilities.firstStageLevels() == FIVE_LEVELS;
    PasidEntry.put(entry, PasidEntry.FSPM, five ? 1 : 0);
    return entry;
  }

  private long[] secondStage(int type, VtdDomain domain, int domainId) {
    long[] entry = present(type, domainId);
    entry[PasidEntry.SSPTPTR.quadword()] |= PasidEntry.SSPTPTR.address(domain.ownTable().root());
    PasidEntry.put(entry, PasidEntry.SSADE, domain.tracksDirty() ? 1 : 0);
    return entry;
  }

  /** WPE limits supervisors alone, so it counts with SRE only. */
  private long[] nested(VtdDomain.Nesting nesting, int domainId) {
    UserTable user = nesting.table();
    long[] entry = secondStage(PasidEntry.PGTT_NESTED, nesting.parent(), domainId);
    PasidEntry.put(entry, PasidEntry.PGSNP, pageSnoop(nesting.parent()));
    boolean supervisor = user.has(UserTable.SUPERVISOR);
    PasidEntry.put(entry, PasidEntry.SRE, supervisor ? 1 : 0);
    PasidEntry.put(entry, PasidEntry.WPE, supervisor && user.has(UserTable.WRITE_PROTECT) ? 1 : 0);
    PasidEntry.put(entry, PasidEntry.EAFE, user.has(UserTable.EXTENDED_ACCESSED) ? 1 : 0);
    PasidEntry.put(entry, PasidEntry.FSPM, user.hasFiveLevels() ? 1 : 0);
    entry[PasidEntry.FSPTPTR.quadword()] |= PasidEntry.FSPTPTR.address(user.address());
    return entry;
  }

  private int pageSnoop(VtdDomain domain) {
    return snoopsPages && domain.enforcesCoherency() ? 1 : 0;
  }

  private long[] present(int type, int domainId) {
    long[] entry = PasidEntry.present(type, domainId);
    if (hasWidth) {
      PasidEntry.put(entry, PasidEntry.AW, abilities.addressWidth());
    }
    PasidEntry.put(entry, PasidEntry.PWSNP, abilities.scalable().coherentWalks() ? 1 : 0);
    return entry;
  }
}
