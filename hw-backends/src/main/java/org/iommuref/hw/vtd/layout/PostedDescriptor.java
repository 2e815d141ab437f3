package org.iommuref.hw.vtd.layout;

/**
 * A posted-interrupt descriptor: 64 bytes in memory, aligned, updated at once. Manual 9.11.
 *
 * <p>A field says by its bit numbers in which of the eight quadwords it is; the 256 bits of PIR are
 * four fields of one quadword each.
 */
public final class PostedDescriptor {

  /** Bytes of a descriptor. */
  public static final int BYTES = 64;

  /** Quadwords of a descriptor. */
  public static final int QUADWORDS = 8;

  /** The quadword of all fields but PIR. */
  public static final int CONTROL = 4;

  /** PIR of vectors 0 to 63. */
  public static final Field PIR_0 = Field.of("PIR", 63, 0, "posted vectors 63:0");

  /** PIR of vectors 64 to 127. */
  public static final Field PIR_1 = Field.of("PIR", 127, 64, "posted vectors 127:64");

  /** PIR of vectors 128 to 191. */
  public static final Field PIR_2 = Field.of("PIR", 191, 128, "posted vectors 191:128");

  /** PIR of vectors 192 to 255. */
  public static final Field PIR_3 = Field.of("PIR", 255, 192, "posted vectors 255:192");

  /** ON: a notification was sent that software has not answered yet. */
  public static final Field ON = Field.bit("ON", 256, "outstanding notification");

  /** SN: what is not urgent is not notified. */
  public static final Field SN = Field.bit("SN", 257, "suppress notification");

  /** NV: the vector of the notification. */
  public static final Field NV = Field.of("NV", 279, 272, "notification vector");

  /** NDST: the destination of the notification; bits 15:8 of it alone without extended mode. */
  public static final Field NDST = Field.of("NDST", 319, 288, "notification destination");

  /** A descriptor. */
  public static final Layout LAYOUT =
      Layout.of("posted-interrupt descriptor", 512, PIR_0, PIR_1, PIR_2, PIR_3, ON, SN, NV, NDST);

  private static final long XAPIC_DESTINATION = 0xff00;

  private PostedDescriptor() {}

  /** The quadword {@link #CONTROL} of a descriptor that nothing was posted to. */
  public static long notifying(int vector, int destination) {
    return NDST.put(NV.put(0, vector), Integer.toUnsignedLong(destination));
  }

  /** The quadword that holds the bit of a vector. */
  public static int quadword(int vector) {
    return vector >>> 6;
  }

  /** The bits of a quadword that must be 0: of NDST too, all but 15:8, without extended mode. */
  public static long reserved(int quadword, boolean extended) {
    long reserved = LAYOUT.reserved(quadword);
    return quadword == CONTROL && !extended
        ? reserved | (NDST.mask() & ~NDST.put(0, XAPIC_DESTINATION))
        : reserved;
  }
}
