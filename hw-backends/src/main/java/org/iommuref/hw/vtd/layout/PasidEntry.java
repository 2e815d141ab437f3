package org.iommuref.hw.vtd.layout;

/**
 * An entry of a PASID table: 64 bytes, read in four atoms. Manual 9.6.
 *
 * <p>A field says by its bit numbers in which of the eight quadwords it is.
 */
public final class PasidEntry {

  /** Bytes of an entry. */
  public static final int BYTES = 64;

  /** Entries of a table. */
  public static final int IN_TABLE = 64;

  /** Quadwords of an entry. */
  public static final int QUADWORDS = 8;

  /** P: the entry describes an address space. */
  public static final Field P = Field.bit("P", 0, "present");

  /** FPD: qualified faults are not recorded; counts also with P=0. */
  public static final Field FPD = Field.bit("FPD", 1, "fault processing disable");

  /** AW: width of the second stage, an {@code AW_} constant of {@link ContextEntry}. */
  public static final Field AW = Field.of("AW", 4, 2, "address width of the second stage");

  /** PGTT: one of the {@code PGTT_} constants. */
  public static final Field PGTT = Field.of("PGTT", 8, 6, "PASID granular translation type");

  /** SSADE: accessed and dirty bits of the second stage are kept. */
  public static final Field SSADE = Field.bit("SSADE", 9, "second-stage accessed/dirty enable");

  /** SSPTPTR: the top table of the second stage, in bytes. */
  public static final Field SSPTPTR =
      Field.of("SSPTPTR", 63, 12, "second-stage page-table pointer");

  /** DID: the tag of the address space in the caches. */
  public static final Field DID = Field.of("DID", 79, 64, "domain identifier");

  /** PWSNP: walks of the tables are snooped. */
  public static final Field PWSNP = Field.bit("PWSNP", 87, "page-walk snoop");

  /** PGSNP: accesses are snooped whatever the request says. */
  public static final Field PGSNP = Field.bit("PGSNP", 88, "page snoop");

  /** SRE: supervisor requests are admitted. */
  public static final Field SRE = Field.bit("SRE", 128, "supervisor request enable");

  /** FSPM: 0 for 4 levels of first stage, 1 for 5. */
  public static final Field FSPM = Field.of("FSPM", 131, 130, "first-stage paging mode");

  /** WPE: supervisor requests need the write right to write. */
  public static final Field WPE = Field.bit("WPE", 132, "write protect enable");

  /** Bits that hardware ignores. */
  public static final Field IGNORED = Field.of("IGN", 134, 133, "ignored");

  /** EAFE: the extended accessed bit of the first stage is kept. */
  public static final Field EAFE = Field.bit("EAFE", 135, "extended accessed flag enable");

  /** FSPTPTR: the top table of the first stage, in bytes. */
  public static final Field FSPTPTR =
      Field.of("FSPTPTR", 191, 140, "first-stage page-table pointer");

  /** All fields. */
  public static final Layout LAYOUT =
      Layout.of(
          "PASID entry",
          512,
          P,
          FPD,
          AW,
          PGTT,
          SSADE,
          SSPTPTR,
          DID,
          PWSNP,
          PGSNP,
          SRE,
          FSPM,
          WPE,
          IGNORED,
          EAFE,
          FSPTPTR);

  /** PGTT: first stage alone. */
  public static final int PGTT_FIRST_STAGE = 1;

  /** PGTT: second stage alone. */
  public static final int PGTT_SECOND_STAGE = 2;

  /** PGTT: first stage nested on second stage. */
  public static final int PGTT_NESTED = 3;

  /** PGTT: addresses pass unchanged. */
  public static final int PGTT_PASS_THROUGH = 4;

  private PasidEntry() {}

  /** The quadwords of a present entry without tables. */
  public static long[] present(int type, int domainId) {
    long[] entry = new long[QUADWORDS];
    entry[0] = PGTT.put(P.mask(), type);
    entry[1] = DID.put(0, domainId);
    return entry;
  }

  /** The value of a field of an entry. */
  public static long get(long[] entry, Field field) {
    return field.get(entry[field.quadword()]);
  }

  /** Puts a value into a field of an entry. */
  public static void put(long[] entry, Field field, long value) {
    entry[field.quadword()] = field.put(entry[field.quadword()], value);
  }

  /** Where the entry of a PASID lies, in bytes from its table. */
  public static long offset(int pasid) {
    return (long) (pasid & 0x3f) * BYTES;
  }
}
