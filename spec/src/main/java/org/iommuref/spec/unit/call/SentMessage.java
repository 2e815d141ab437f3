package org.iommuref.spec.unit.call;

import org.iommuref.spec.access.Pasid;
import org.iommuref.spec.access.Rid;
import org.iommuref.spec.unit.UnitMessage;
import org.jspecify.annotations.Nullable;

/**
 * What a unit sent without being asked, in one form for all kinds; what a kind does not have is 0,
 * false or absent.
 *
 * @param kind what it is
 * @param to the device that it is for, or null for an interrupt
 * @param pasid of a message to a device, or null for none
 * @param address of an interrupt or an invalidation, as {@link UnitMessage} has it
 * @param data of an interrupt
 * @param tag of an invalidation
 * @param range of an invalidation
 * @param allPasids of an invalidation
 * @param group of a response
 * @param code of a response
 */
public record SentMessage(
    Kind kind,
    @Nullable Rid to,
    @Nullable Pasid pasid,
    long address,
    int data,
    int tag,
    boolean range,
    boolean allPasids,
    int group,
    int code) {

  /** What there is. */
  public enum Kind {
    /** Nothing was sent. */
    NONE,
    /** An interrupt message. */
    INTERRUPT,
    /** An order to a device-TLB to drop translations. */
    DEVICE_TLB_INVALIDATION,
    /** The answer to a group of page requests. */
    PAGE_GROUP_RESPONSE
  }

  /** Nothing was sent. */
  public static final SentMessage NOTHING =
      new SentMessage(Kind.NONE, null, null, 0, 0, 0, false, false, 0, 0);

  /** The message in that form. */
  public static SentMessage of(UnitMessage message) {
    if (message instanceof UnitMessage.Msi msi) {
      return new SentMessage(
          Kind.INTERRUPT, null, null, msi.address(), msi.data(), 0, false, false, 0, 0);
    }
    if (message instanceof UnitMessage.DeviceTlbInvalidation order) {
      return new SentMessage(
          Kind.DEVICE_TLB_INVALIDATION,
          order.to(),
          order.pasid(),
          order.address(),
          0,
          order.tag(),
          order.range(),
          order.allPasids(),
          0,
          0);
    }
    if (message instanceof UnitMessage.PageGroupResponse response) {
      return new SentMessage(
          Kind.PAGE_GROUP_RESPONSE,
          response.to(),
          response.pasid(),
          0,
          0,
          0,
          false,
          false,
          response.group(),
          response.code());
    }
    throw new IllegalArgumentException("no message of a unit: " + message);
  }
}
