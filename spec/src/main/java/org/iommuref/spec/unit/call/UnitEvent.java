package org.iommuref.spec.unit.call;

import java.util.List;
import org.iommuref.spec.access.Pasid;
import org.iommuref.spec.access.Rid;
import org.iommuref.spec.errno.Result.Done;
import org.iommuref.spec.operation.Operation;
import org.iommuref.spec.unit.UnitMessage;
import org.jspecify.annotations.Nullable;

/**
 * What a unit at the other end of a wire sends without being asked, while it works on a call: the
 * suite keeps it until a case takes it.
 */
public sealed interface UnitEvent extends Operation<Done> {

  /** The message that it carries. */
  UnitMessage message();

  @Override
  default Class<Done> yields() {
    return Done.class;
  }

  /** Every kind of event. */
  static List<Class<? extends UnitEvent>> all() {
    return List.of(Msi.class, InvalidateDeviceTlb.class, RespondToPageGroup.class);
  }

  /**
   * The event that carries what was sent.
   *
   * @throws IllegalArgumentException if nothing was sent
   */
  static UnitEvent of(SentMessage sent) {
    if (sent.kind() == SentMessage.Kind.INTERRUPT) {
      return new Msi(sent.address(), sent.data());
    }
    Rid to = sent.to();
    if (to == null) {
      throw new IllegalArgumentException("nothing was sent");
    }
    return sent.kind() == SentMessage.Kind.PAGE_GROUP_RESPONSE
        ? new RespondToPageGroup(to, sent.pasid(), sent.group(), sent.code())
        : new InvalidateDeviceTlb(
            to, sent.pasid(), sent.tag(), sent.address(), sent.range(), sent.allPasids());
  }

  /** An interrupt message; its components are those of {@link UnitMessage.Msi}. */
  record Msi(long address, int data) implements UnitEvent {

    @Override
    public String op() {
      return "msi";
    }

    @Override
    public UnitMessage message() {
      return new UnitMessage.Msi(address, data);
    }
  }

  /** An order to a device-TLB, as {@link UnitMessage.DeviceTlbInvalidation} describes it. */
  record InvalidateDeviceTlb(
      Rid to, @Nullable Pasid pasid, int tag, long address, boolean range, boolean allPasids)
      implements UnitEvent {

    @Override
    public String op() {
      return "ats.invalidate";
    }

    @Override
    public UnitMessage message() {
      return new UnitMessage.DeviceTlbInvalidation(to, pasid, tag, address, range, allPasids);
    }
  }

  /** The answer to page requests, as {@link UnitMessage.PageGroupResponse} describes it. */
  record RespondToPageGroup(Rid to, @Nullable Pasid pasid, int group, int code)
      implements UnitEvent {

    @Override
    public String op() {
      return "prg.response";
    }

    @Override
    public UnitMessage message() {
      return new UnitMessage.PageGroupResponse(to, pasid, group, code);
    }
  }
}
