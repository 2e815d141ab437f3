package org.iommuref.hw.vtd.layout;

/** The registers of the invalidation queue: IQH, IQT, IQA, ICS, IQERCD. Manual 11.4.9. */
public final class QueueRegisters {

  /** QH: the descriptor to be fetched next, in bytes from the base. */
  public static final Field QH =
      Field.of("QH", 18, 4, "queue head, byte offset in place").readOnly();

  /** QT: behind the last descriptor, in bytes from the base. */
  public static final Field QT = Field.of("QT", 18, 4, "queue tail, byte offset in place");

  /** QS: the queue has 2^QS pages, 2^(QS+8) descriptors of 128 bits. */
  public static final Field QS = Field.of("QS", 2, 0, "queue size");

  /** DW: descriptors have 256 bits. */
  public static final Field DW = Field.bit("DW", 11, "descriptor width");

  /** IQA: the base, in bytes. */
  public static final Field IQA = Field.of("IQA", 63, 12, "queue base address");

  /** IWC: a wait descriptor with IF has completed. */
  public static final Field IWC =
      Field.bit("IWC", 0, "invalidation wait descriptor complete").clearedByOne();

  /** IQEI: why FSTS.IQE is set; one of the {@code IQEI_} constants. */
  public static final Field IQEI = Field.of("IQEI", 3, 0, "queue error information").readOnly();

  /** ITESID. */
  public static final Field ITESID = Field.of("ITESID", 47, 32, "source of a time-out").readOnly();

  /** ICESID. */
  public static final Field ICESID =
      Field.of("ICESID", 63, 48, "source of an unexpected completion").readOnly();

  /** The head register. */
  public static final Layout HEAD = Layout.of("IQH", 64, QH);

  /** The tail register: the doorbell. */
  public static final Layout TAIL = Layout.of("IQT", 64, QT);

  /** The address register. */
  public static final Layout ADDRESS = Layout.of("IQA", 64, QS, DW, IQA);

  /** The completion status register. */
  public static final Layout COMPLETION_STATUS = Layout.of("ICS", 32, IWC);

  /** The error record register. */
  public static final Layout ERROR_RECORD = Layout.of("IQERCD", 64, IQEI, ITESID, ICESID);

  /** IQEI: the tail lies outside the queue. */
  public static final int IQEI_INVALID_TAIL = 1;

  /** IQEI: a descriptor could not be fetched. */
  public static final int IQEI_FETCH_ERROR = 2;

  /** IQEI: the type is not valid. */
  public static final int IQEI_INVALID_TYPE = 3;

  /** IQEI: a reserved field of a valid type is not zero, or a granularity is reserved. */
  public static final int IQEI_RESERVED_FIELD = 4;

  /** IQEI: the descriptor width does not fit the mode. */
  public static final int IQEI_INVALID_WIDTH = 5;

  /** IQEI: the tail is not a multiple of 256 bits. */
  public static final int IQEI_MISALIGNED_TAIL = 6;

  /** IQEI: the translation table mode is not supported. */
  public static final int IQEI_INVALID_MODE = 7;

  private QueueRegisters() {}
}
