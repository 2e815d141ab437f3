package org.iommuref.conformance.cases.vtd;

/** Offsets of registers in bytes, and the bits of them that cases look at. Manual 11.4. */
final class Registers {

  static final int VER = 0x00;
  static final int CAP = 0x08;
  static final int ECAP = 0x10;
  static final int GCMD = 0x18;
  static final int GSTS = 0x1c;
  static final int RTADDR = 0x20;
  static final int CCMD = 0x28;
  static final int FSTS = 0x34;
  static final int FECTL = 0x38;
  static final int FEDATA = 0x3c;
  static final int FEADDR = 0x40;
  static final int FEUADDR = 0x44;
  static final int IQH = 0x80;
  static final int IQT = 0x88;
  static final int IQA = 0x90;
  static final int ICS = 0x9c;
  static final int IECTL = 0xa0;
  static final int IEDATA = 0xa4;
  static final int IEADDR = 0xa8;
  static final int IQERCD = 0xb0;
  static final int IRTA = 0xb8;
  static final int PQH = 0xc0;
  static final int PQT = 0xc8;
  static final int PQA = 0xd0;
  static final int PRS = 0xdc;
  static final int PECTL = 0xe0;
  static final int PEDATA = 0xe4;
  static final int PEADDR = 0xe8;

  /** Of GCMD and GSTS. */
  static final long TE = 1L << 31;

  static final long SRTP = 1L << 30;
  static final long QIE = 1L << 26;
  static final long IRE = 1L << 25;
  static final long SIRTP = 1L << 24;
  static final long CFI = 1L << 23;

  /** Of RTADDR: the mode of the root table. */
  static final long TTM = 3L << 10;

  static final int TTM_SHIFT = 10;

  /** Of FSTS. */
  static final long PFO = 1;

  static final long PPF = 1 << 1;
  static final long IQE = 1 << 4;
  static final long ICE = 1 << 5;
  static final long ITE = 1 << 6;
  static final long FRI = 0xff00;

  /** Of ICS. */
  static final long IWC = 1;

  /** Of PRS. */
  static final long PPR = 1;

  static final long PRO = 1 << 1;

  /** Of FECTL, IECTL and PECTL. */
  static final long IM = 1L << 31;

  static final long IP = 1L << 30;

  /** Of IQA: descriptors of 256 bits. */
  static final long DW = 1L << 11;

  /** Of IRTA: extended interrupt mode. */
  static final long EIME = 1L << 11;

  private Registers() {}
}
