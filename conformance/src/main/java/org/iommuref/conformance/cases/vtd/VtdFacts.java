package org.iommuref.conformance.cases.vtd;

import org.iommuref.conformance.target.DataMemory;
import org.iommuref.conformance.target.Session;
import org.iommuref.conformance.target.Target;
import org.iommuref.spec.backend.HwInfo;
import org.iommuref.spec.clause.Capability;
import org.iommuref.spec.operation.Reply;
import org.iommuref.spec.unit.call.UnitCall.ReadRegister;

/**
 * What cases need to know of a unit before they can be written. Manual 11.4.1 to 11.4.3.
 *
 * @param version the register VER
 * @param cap the register CAP
 * @param ecap the register ECAP
 * @param claims what the target says of itself
 * @param memory where data pages may be
 * @param hostAddressBits the width of host addresses, in bits
 * @param tellsOutcomes whether the target tells what became of an access
 * @param takesFirstStageWidthFromEntry whether AW of an entry decides how wide a first stage is
 */
record VtdFacts(
    long version,
    long cap,
    long ecap,
    HwInfo claims,
    DataMemory memory,
    int hostAddressBits,
    boolean tellsOutcomes,
    boolean takesFirstStageWidthFromEntry) {

  static final int AW_39 = 1;
  static final int AW_48 = 2;
  static final int AW_57 = 3;

  /** A feature that ECAP reports in one bit. */
  enum Feature {
    C(0),
    QI(1),
    DT(2),
    IR(3),
    EIM(4),
    PT(6),
    SC(7),
    NEST(26),
    PRS(29),
    SRS(31),
    NWFS(33),
    EAFS(34),
    PASID(40),
    DIT(41),
    PDS(42),
    SMTS(43),
    SSADS(45),
    SSTS(46),
    FSTS(47),
    SMPWCS(48),
    RPS(49),
    ADMS(52),
    RPRIVS(53),
    HPTS(55),
    PTRS(56),
    SSIRWS(57),
    SMS(58),
    EIMER(61),
    IRREQ(62);

    private final int bit;

    Feature(int bit) {
      this.bit = bit;
    }
  }

  /**
   * Reads the registers of a unit after power-on.
   *
   * @throws IllegalStateException if it does not answer
   */
  static VtdFacts of(Session unit, Target target) {
    return new VtdFacts(
        read(unit, Registers.VER, Integer.BYTES),
        read(unit, Registers.CAP, Long.BYTES),
        read(unit, Registers.ECAP, Long.BYTES),
        target.hwInfo(),
        target.dataMemory(),
        target.hostAddressBits(),
        target.tellsOutcomes(),
        target.takesWidthOfFirstStageFromEntry());
  }

  private static long read(Session unit, int offset, int width) {
    Reply<Long> reply = unit.execute(new ReadRegister(offset, width, null));
    if (reply instanceof Reply.Ok<Long> ok) {
      return ok.value();
    }
    throw new IllegalStateException("the unit does not tell what it can do: " + reply);
  }

  private static long field(long register, int high, int low) {
    return register << (63 - high) >>> (63 - high + low);
  }

  private static boolean bit(long register, int bit) {
    return (register >>> bit & 1) != 0;
  }

  /** Whether ECAP reports a feature. */
  boolean has(Feature feature) {
    return bit(ecap, feature.bit);
  }

  /** Whether the target claims a capability. */
  boolean has(Capability capability) {
    return claims.has(capability);
  }

  int majorVersion() {
    return (int) field(version, 7, 4);
  }

  /** Whether AW may be this. */
  boolean supportsWidth(int addressWidth) {
    return addressWidth >= AW_39 && addressWidth <= AW_57 && bit(cap, 8 + addressWidth);
  }

  /** AW of most cases: 48 bits where the unit has them. */
  int addressWidth() {
    return supportsWidth(AW_48) ? AW_48 : AW_39;
  }

  /** The levels of most cases. */
  int levels() {
    return addressWidth() + 2;
  }

  /** The bits of an address that are translated under that AW. */
  int addressBits(int addressWidth) {
    return Math.min(guestAddressBits(), 30 + 9 * addressWidth);
  }

  /** The width of an address before translation, in bits: MGAW. */
  int guestAddressBits() {
    return (int) field(cap, 21, 16) + 1;
  }

  /** All bits that an address can have in the widest second stage. */
  long widestAddress() {
    int width = 63 - Long.numberOfLeadingZeros(field(cap, 12, 8));
    return (1L << (30 + 9 * width)) - 1;
  }

  /** Whether a first stage is found to be 48 bits wide only if AW says so, though it must be 0. */
  boolean firstStageWantsWidth() {
    return !has(Feature.SSTS) && takesFirstStageWidthFromEntry;
  }

  /** Whether a second-stage leaf may be at this level: 2 for 2 MiB, 3 for 1 GiB. */
  boolean supportsLeaf(int level) {
    return level == 1 || (level <= 3 && bit(cap, 32 + level));
  }

  /** Whether a first-stage leaf may be at this level. */
  boolean supportsFirstStageLeaf(int level) {
    return level <= 2 || (level == 3 && bit(cap, 56));
  }

  boolean fiveLevelFirstStage() {
    return bit(cap, 60);
  }

  /** The offset of the first fault recording register. */
  int faultRecords() {
    return 16 * (int) field(cap, 33, 24);
  }

  /** How many fault recording registers there are. */
  int faultRecordCount() {
    return (int) field(cap, 47, 40) + 1;
  }

  /** The offset of IVA; the IOTLB register is 8 bytes behind. */
  int invalidateAddress() {
    return 16 * (int) field(ecap, 17, 8);
  }

  int domainIdBits() {
    return 4 + 2 * (int) field(cap, 2, 0);
  }

  int mostAddressMask() {
    return (int) field(cap, 53, 48);
  }

  int mostInterruptMask() {
    return (int) field(ecap, 23, 20);
  }

  int pasidBits() {
    return (int) field(ecap, 39, 35) + 1;
  }

  boolean pageSelective() {
    return bit(cap, 39);
  }

  boolean cachingMode() {
    return bit(cap, 7);
  }

  boolean zeroLengthReads() {
    return bit(cap, 22);
  }

  boolean drains() {
    return bit(cap, 54) && bit(cap, 55);
  }

  boolean postedInterrupts() {
    return bit(cap, 59);
  }

  boolean setsRootWithInvalidation() {
    return bit(cap, 63);
  }

  boolean setsInterruptTableWithInvalidation() {
    return bit(cap, 62);
  }

  boolean scalable() {
    return has(Feature.SMTS);
  }

  /** Whether invalidation through registers works. */
  boolean registerInvalidation() {
    return majorVersion() <= 5;
  }

  /** Whether a PASID entry may have this PGTT. */
  boolean supportsTranslation(int type) {
    return switch (type) {
      case PasidFields.FIRST_STAGE -> has(Feature.FSTS);
      case PasidFields.SECOND_STAGE -> has(Feature.SSTS);
      case PasidFields.NESTED -> has(Feature.NEST);
      case PasidFields.PASS_THROUGH -> has(Feature.PT);
      default -> false;
    };
  }
}
