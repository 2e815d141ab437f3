package org.iommuref.hw.vtd.layout;

/**
 * The registers of a unit in legacy mode, in the order of their offsets. Manual 11.4.
 *
 * <p>The last three have offsets that CAP and ECAP give: see {@link #offset(long, long)}.
 */
public enum Register {
  /** The version. */
  VER(0x000, 4, Version.LAYOUT),
  /** What the unit can do. */
  CAP(0x008, 8, Capability.LAYOUT),
  /** What the unit can do beyond CAP. */
  ECAP(0x010, 8, ExtendedCapability.LAYOUT),
  /** Commands. */
  GCMD(0x018, 4, GlobalCommand.COMMAND),
  /** What became of the commands. */
  GSTS(0x01c, 4, GlobalCommand.STATUS),
  /** The root table. */
  RTADDR(0x020, 8, RootTableAddress.LAYOUT),
  /** Invalidation of the context cache. */
  CCMD(0x028, 8, ContextCommand.LAYOUT),
  /** Pending faults and errors. */
  FSTS(0x034, 4, FaultStatus.LAYOUT),
  /** Fault event: mask. */
  FECTL(0x038, 4, EventMessage.control("FECTL")),
  /** Fault event: data. */
  FEDATA(0x03c, 4, EventMessage.data("FEDATA")),
  /** Fault event: address. */
  FEADDR(0x040, 4, EventMessage.address("FEADDR")),
  /** Fault event: upper address. */
  FEUADDR(0x044, 4, EventMessage.upperAddress("FEUADDR")),
  /** Head of the invalidation queue. */
  IQH(0x080, 8, QueueRegisters.HEAD),
  /** Tail of the invalidation queue; writing it is the doorbell. */
  IQT(0x088, 8, QueueRegisters.TAIL),
  /** Base and size of the invalidation queue. */
  IQA(0x090, 8, QueueRegisters.ADDRESS),
  /** Completion of wait descriptors. */
  ICS(0x09c, 4, QueueRegisters.COMPLETION_STATUS),
  /** Completion event: mask. */
  IECTL(0x0a0, 4, EventMessage.control("IECTL")),
  /** Completion event: data. */
  IEDATA(0x0a4, 4, EventMessage.data("IEDATA")),
  /** Completion event: address. */
  IEADDR(0x0a8, 4, EventMessage.address("IEADDR")),
  /** Completion event: upper address. */
  IEUADDR(0x0ac, 4, EventMessage.upperAddress("IEUADDR")),
  /** Why the invalidation queue stopped. */
  IQERCD(0x0b0, 8, QueueRegisters.ERROR_RECORD),
  /** The interrupt remapping table. */
  IRTA(0x0b8, 8, InterruptEntry.TABLE_ADDRESS),
  /** Head of the page request queue. */
  PQH(0x0c0, 8, PageRequestRegisters.HEAD),
  /** Tail of the page request queue. */
  PQT(0x0c8, 8, PageRequestRegisters.TAIL),
  /** Base and size of the page request queue. */
  PQA(0x0d0, 8, PageRequestRegisters.ADDRESS),
  /** Pending page requests. */
  PRS(0x0dc, 4, PageRequestRegisters.STATUS),
  /** Page request event: mask. */
  PECTL(0x0e0, 4, EventMessage.control("PECTL")),
  /** Page request event: data. */
  PEDATA(0x0e4, 4, EventMessage.data("PEDATA")),
  /** Page request event: address. */
  PEADDR(0x0e8, 4, EventMessage.address("PEADDR")),
  /** Page request event: upper address. */
  PEUADDR(0x0ec, 4, EventMessage.upperAddress("PEUADDR")),
  /** At 16 * ECAP.IRO. */
  IVA(0, 8, IotlbInvalidate.ADDRESS),
  /** 8 bytes behind IVA. */
  IOTLB(8, 8, IotlbInvalidate.COMMAND),
  /** The first fault recording register, at 16 * CAP.FRO; the others follow. */
  FRCD(0, 16, FaultRecording.LAYOUT);

  /** Bytes of the register set. */
  public static final int SET_BYTES = 4096;

  private static final int UNITS_OF_OFFSET = 16;

  private final int base;
  private final int width;

  @SuppressWarnings("ImmutableEnumChecker") // a layout copies its list of fields and never changes
  private final Layout layout;

  Register(int base, int width, Layout layout) {
    this.base = base;
    this.width = width;
    this.layout = layout;
  }

  /**
   * Its offset in bytes from the unit's base.
   *
   * @throws IllegalStateException for IVA, IOTLB and FRCD, whose offsets differ from unit to unit
   */
  public int offset() {
    if (this == IVA || this == IOTLB || this == FRCD) {
      throw new IllegalStateException("the offset of " + this + " is in CAP or ECAP");
    }
    return base;
  }

  /** Its offset in bytes from the base of a unit with these values of CAP and ECAP. */
  public int offset(long cap, long ecap) {
    return switch (this) {
      case IVA, IOTLB -> base + UNITS_OF_OFFSET * (int) ExtendedCapability.IRO.get(ecap);
      case FRCD -> UNITS_OF_OFFSET * (int) Capability.FRO.get(cap);
      default -> base;
    };
  }

  /** Its bytes: 4, 8, or 16 for a fault recording register. */
  public int width() {
    return width;
  }

  /** Its fields. */
  public Layout layout() {
    return layout;
  }
}
