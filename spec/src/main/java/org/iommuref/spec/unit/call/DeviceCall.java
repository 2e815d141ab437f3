package org.iommuref.spec.unit.call;

import org.iommuref.spec.access.AccessKind;
import org.iommuref.spec.access.AccessOutcome;
import org.iommuref.spec.access.Pasid;
import org.iommuref.spec.access.Rid;
import org.iommuref.spec.errno.Result;
import org.iommuref.spec.errno.Result.Done;
import org.iommuref.spec.operation.Reply;
import org.iommuref.spec.unit.AddressType;
import org.iommuref.spec.unit.BusRequest;
import org.iommuref.spec.unit.InterruptMessage;
import org.iommuref.spec.unit.PageRequestMessage;
import org.iommuref.spec.unit.TranslationCompletion;
import org.jspecify.annotations.Nullable;

/**
 * A call at seam 1 that a device makes, not software.
 *
 * @param <V> what the call yields
 */
public sealed interface DeviceCall<V> extends UnitCall<V> {

  /** Lets a device make an access; its arguments are those of {@link BusRequest}. */
  record Dma(
      Rid rid,
      @Nullable Pasid pasid,
      boolean privileged,
      AddressType type,
      long address,
      AccessKind kind,
      long value,
      @Nullable Expect expect)
      implements DeviceCall<AccessOutcome> {

    @Override
    public String op() {
      return "unit.dma";
    }

    @Override
    public Class<AccessOutcome> yields() {
      return AccessOutcome.class;
    }

    @Override
    public Dma alone() {
      return new Dma(rid, pasid, privileged, type, address, kind, value, null);
    }

    @Override
    public Reply<AccessOutcome> applyTo(UnitSeam seam) {
      return Reply.ok(
          seam.access(new BusRequest(rid, pasid, privileged, type, address, kind, value, false)));
    }
  }

  /** Lets a device start an access, by number, that is translated but takes no effect yet. */
  record StartDma(
      int number,
      Rid rid,
      @Nullable Pasid pasid,
      long address,
      AccessKind kind,
      long value,
      @Nullable Expect expect)
      implements DeviceCall<Done> {

    @Override
    public String op() {
      return "unit.dma.start";
    }

    @Override
    public Class<Done> yields() {
      return Done.class;
    }

    @Override
    public StartDma alone() {
      return new StartDma(number, rid, pasid, address, kind, value, null);
    }

    @Override
    public Reply<Done> applyTo(UnitSeam seam) {
      seam.start(
          number,
          new BusRequest(rid, pasid, false, AddressType.UNTRANSLATED, address, kind, value, false));
      return Reply.of(Result.done());
    }
  }

  /** Lets an access that was started take effect. */
  record FinishDma(int number, @Nullable Expect expect) implements DeviceCall<AccessOutcome> {

    @Override
    public String op() {
      return "unit.dma.finish";
    }

    @Override
    public Class<AccessOutcome> yields() {
      return AccessOutcome.class;
    }

    @Override
    public FinishDma alone() {
      return new FinishDma(number, null);
    }

    @Override
    public Reply<AccessOutcome> applyTo(UnitSeam seam) {
      return Reply.ok(seam.finish(number));
    }
  }

  /** Lets a device-TLB ask for the translation of a page. */
  record Translate(
      Rid rid,
      @Nullable Pasid pasid,
      boolean privileged,
      long address,
      boolean noWrite,
      @Nullable Expect expect)
      implements DeviceCall<TranslationCompletion> {

    @Override
    public String op() {
      return "unit.translate";
    }

    @Override
    public Class<TranslationCompletion> yields() {
      return TranslationCompletion.class;
    }

    @Override
    public Translate alone() {
      return new Translate(rid, pasid, privileged, address, noWrite, null);
    }

    @Override
    public Reply<TranslationCompletion> applyTo(UnitSeam seam) {
      return Reply.ok(
          seam.translate(
              new BusRequest(
                  rid,
                  pasid,
                  privileged,
                  AddressType.TRANSLATION_REQUEST,
                  address,
                  AccessKind.READ,
                  0,
                  noWrite)));
    }
  }

  /** Lets a device ask for a page. */
  record RequestPage(PageRequestMessage request, @Nullable Expect expect)
      implements DeviceCall<Done> {

    @Override
    public String op() {
      return "unit.page_request";
    }

    @Override
    public Class<Done> yields() {
      return Done.class;
    }

    @Override
    public RequestPage alone() {
      return new RequestPage(request, null);
    }

    @Override
    public Reply<Done> applyTo(UnitSeam seam) {
      seam.unit().pageRequest(request);
      seam.settle();
      return Reply.of(Result.done());
    }
  }

  /**
   * Lets a page request of a device reach the unit, which need not have dealt with it before the
   * next call.
   */
  record SendPageRequest(PageRequestMessage request, @Nullable Expect expect)
      implements DeviceCall<Done> {

    @Override
    public String op() {
      return "unit.page_request.send";
    }

    @Override
    public Class<Done> yields() {
      return Done.class;
    }

    @Override
    public SendPageRequest alone() {
      return new SendPageRequest(request, null);
    }

    @Override
    public Reply<Done> applyTo(UnitSeam seam) {
      seam.unit().pageRequest(request);
      return Reply.of(Result.done());
    }
  }

  /** Lets a device or an interrupt controller write four bytes to the interrupt range. */
  record Interrupt(Rid rid, long address, int data, @Nullable Expect expect)
      implements DeviceCall<Done> {

    @Override
    public String op() {
      return "unit.interrupt";
    }

    @Override
    public Class<Done> yields() {
      return Done.class;
    }

    @Override
    public Interrupt alone() {
      return new Interrupt(rid, address, data, null);
    }

    @Override
    public Reply<Done> applyTo(UnitSeam seam) {
      seam.unit().interrupt(new InterruptMessage(rid, address, data));
      seam.settle();
      return Reply.of(Result.done());
    }
  }

  /** Lets a device complete invalidations of its TLB: a bit for each ITag, and CC. */
  record CompleteInvalidation(Rid rid, int tags, int count, @Nullable Expect expect)
      implements DeviceCall<Done> {

    @Override
    public String op() {
      return "unit.tlb_completed";
    }

    @Override
    public Class<Done> yields() {
      return Done.class;
    }

    @Override
    public CompleteInvalidation alone() {
      return new CompleteInvalidation(rid, tags, count, null);
    }

    @Override
    public Reply<Done> applyTo(UnitSeam seam) {
      seam.unit().invalidationCompleted(rid, tags, count);
      seam.settle();
      return Reply.of(Result.done());
    }
  }
}
