package org.iommuref.hw.vtd.layout;

import org.iommuref.spec.memory.Memory.Atom;

/** The registers of the page request queue and its descriptor. Manual 7.4.1 and 11.4.11. */
public final class PageRequestRegisters {

  /** Bytes of a descriptor. */
  public static final int BYTES = 32;

  /** PQH: the descriptor that software looks at next, in bytes from the base. */
  public static final Field PQH = Field.of("PQH", 18, 5, "queue head, byte offset in place");

  /** PQT: where the unit writes next, in bytes from the base. */
  public static final Field PQT = Field.of("PQT", 18, 5, "queue tail, byte offset in place");

  /** PQS: the queue has 2^PQS pages. */
  public static final Field PQS = Field.of("PQS", 2, 0, "queue size");

  /** PQA: the base, in bytes. */
  public static final Field PQA = Field.of("PQA", 63, 12, "queue base address");

  /** PPR: a descriptor was written. */
  public static final Field PPR = Field.bit("PPR", 0, "pending page request").clearedByOne();

  /** PRO: the queue was full. */
  public static final Field PRO = Field.bit("PRO", 1, "page request overflow").clearedByOne();

  /** The head register. */
  public static final Layout HEAD = Layout.of("PQH", 64, PQH);

  /** The tail register. */
  public static final Layout TAIL = Layout.of("PQT", 64, PQT);

  /** The address register. */
  public static final Layout ADDRESS = Layout.of("PQA", 64, PQS, PQA);

  /** The status register. */
  public static final Layout STATUS = Layout.of("PRS", 32, PPR, PRO);

  /** TYPE of a descriptor: always 1. */
  public static final Field TYPE = Field.of("TYPE", 7, 0, "type");

  /** PP: there is a PASID. */
  public static final Field PP = Field.bit("PP", 8, "PASID present");

  /** RID: who asks. */
  public static final Field RID = Field.of("RID", 31, 16, "requester");

  /** PASID. */
  public static final Field PASID = Field.of("PASID", 51, 32, "PASID");

  /** EXR: execution is wanted. */
  public static final Field EXR = Field.bit("EXR", 52, "execute requested");

  /** PMR: privilege is wanted. */
  public static final Field PMR = Field.bit("PMR", 53, "privileged mode requested");

  /** RDR: a read is wanted. */
  public static final Field RDR = Field.bit("RDR", 64, "read requested");

  /** WRR: a write is wanted. */
  public static final Field WRR = Field.bit("WRR", 65, "write requested");

  /** LPIG: the last of its group. */
  public static final Field LPIG = Field.bit("LPIG", 66, "last page in group");

  /** PRGI: the group. */
  public static final Field PRGI = Field.of("PRGI", 75, 67, "page request group index");

  /** ADDR: the page, in bytes. */
  public static final Field ADDR = Field.of("ADDR", 127, 76, "address");

  /** The first 128 bits of a descriptor; the others are 0. */
  public static final Layout DESCRIPTOR =
      Layout.of("page request", 128, TYPE, PP, RID, PASID, EXR, PMR, RDR, WRR, LPIG, PRGI, ADDR);

  private PageRequestRegisters() {}

  /** The first 128 bits in words. */
  public static String describe(Atom descriptor) {
    return DESCRIPTOR.describe(descriptor.low(), descriptor.high());
  }
}
