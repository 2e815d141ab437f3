package org.iommuref.hw.vtd.layout;

import org.iommuref.spec.memory.Memory.Atom;

/**
 * An entry of the interrupt remapping table: 16 bytes, remapped or posted, with the register that
 * names the table. Manual 9.9, 9.10 and 11.4.10.
 */
public final class InterruptEntry {

  /** Bytes of an entry. */
  public static final int BYTES = 16;

  /** P: the entry is used. */
  public static final Field P = Field.bit("P", 0, "present");

  /** FPD: qualified faults of the entry are not recorded. */
  public static final Field FPD = Field.bit("FPD", 1, "fault processing disable");

  /** DM of a remapped entry. */
  public static final Field DM = Field.bit("DM", 2, "destination mode");

  /** RH of a remapped entry. */
  public static final Field RH = Field.bit("RH", 3, "redirection hint");

  /** TM of a remapped entry. */
  public static final Field TM = Field.bit("TM", 4, "trigger mode");

  /** DLM of a remapped entry; what 3 and 6 do, the manual leaves open. */
  public static final Field DLM = Field.of("DLM", 7, 5, "delivery mode");

  /** Bits for software. */
  public static final Field AVAILABLE = Field.of("AVAIL", 11, 8, "for software");

  /** URG of a posted entry. */
  public static final Field URG = Field.bit("URG", 14, "urgent");

  /** IM: the entry is posted. */
  public static final Field IM = Field.bit("IM", 15, "posted");

  /** V: the vector, virtual in a posted entry. */
  public static final Field V = Field.of("V", 23, 16, "vector");

  /** DST of a remapped entry; bits 15:8 alone without extended mode. */
  public static final Field DST = Field.of("DST", 63, 32, "destination");

  /** Bits 31:6 of the address of the descriptor of a posted entry. */
  public static final Field PDA_LOW = Field.of("PDAL", 63, 38, "posted descriptor 31:6");

  /** SID: who may use the entry, as SVT says. */
  public static final Field SID = Field.of("SID", 79, 64, "source-id");

  /** SQ: which function bits do not count. */
  public static final Field SQ = Field.of("SQ", 81, 80, "source-id qualifier");

  /** SVT: one of the {@code SVT_} constants. */
  public static final Field SVT = Field.of("SVT", 83, 82, "source validation type");

  /** Bits 63:32 of the address of the descriptor of a posted entry. */
  public static final Field PDA_HIGH = Field.of("PDAH", 127, 96, "posted descriptor 63:32");

  /** A remapped entry. */
  public static final Layout REMAPPED =
      Layout.of(
          "remapped interrupt entry",
          128,
          P,
          FPD,
          DM,
          RH,
          TM,
          DLM,
          AVAILABLE,
          IM,
          V,
          DST,
          SID,
          SQ,
          SVT);

  /** A posted entry. */
  public static final Layout POSTED =
      Layout.of(
          "posted interrupt entry",
          128,
          P,
          FPD,
          AVAILABLE,
          URG,
          IM,
          V,
          PDA_LOW,
          SID,
          SQ,
          SVT,
          PDA_HIGH);

  /** SVT: anyone. */
  public static final int SVT_NONE = 0;

  /** SVT: the requester that SID and SQ name. */
  public static final int SVT_SOURCE = 1;

  /** SVT: the buses from SID 15:8 to SID 7:0. */
  public static final int SVT_BUSES = 2;

  /** S of IRTA: the table has 2^(S+1) entries. */
  public static final Field S = Field.of("S", 3, 0, "table size");

  /** EIME of IRTA: destinations have 32 bits. */
  public static final Field EIME = Field.bit("EIME", 11, "extended interrupt mode enable");

  /** The base in IRTA, in bytes. */
  public static final Field IRTA = Field.of("IRTA", 63, 12, "interrupt remapping table address");

  /** The register. */
  public static final Layout TABLE_ADDRESS = Layout.of("IRTA", 64, S, EIME, IRTA);

  private InterruptEntry() {}

  /** A remapped entry for anyone: fixed, edge, physical. */
  public static Atom remapped(int vector, int destination) {
    long low = V.put(P.mask(), vector);
    return new Atom(DST.put(low, Integer.toUnsignedLong(destination)), 0);
  }

  /** A posted entry for anyone. */
  public static Atom posted(int vector, long descriptor, boolean urgent) {
    long low = V.put(P.mask() | IM.mask() | (urgent ? URG.mask() : 0), vector);
    return new Atom(low | (descriptor & 0xffff_ffc0L) << 32, descriptor & ~0xffff_ffffL);
  }

  /** The address of the descriptor of a posted entry, in bytes. */
  public static long descriptor(Atom entry) {
    return PDA_HIGH.get(entry) << 32 | (entry.low() & PDA_LOW.mask()) >>> 32;
  }
}
