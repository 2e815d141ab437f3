package org.iommuref.conformance.cases.vtd;

import static org.iommuref.conformance.cases.vtd.ScalableTables.PASID;

import java.util.List;
import java.util.stream.Stream;
import org.iommuref.conformance.cases.vtd.VtdFacts.Feature;
import org.iommuref.spec.access.AccessKind;
import org.iommuref.spec.clause.Capability;
import org.iommuref.spec.unit.PageRequestMessage;
import org.iommuref.spec.unit.call.DeviceCall.RequestPage;
import org.iommuref.spec.unit.call.Expect;

/**
 * A kind of request, and what the record of one that is refused tells of it. Manual 11.4.7.6.
 *
 * @param name as cases have it
 * @param who makes the request
 * @param form how it comes
 * @param kind of an access
 */
record RequestKind(String name, Requester who, Form form, AccessKind kind) {

  /** How a request comes. */
  enum Form {
    /** An access, untranslated or translated. */
    ACCESS,
    /** A request for a translation. */
    TRANSLATION,
    /** A request for a page. */
    PAGE
  }

  private static final Requester PLAIN = Requester.FIRST;
  private static final Requester USER = Requester.FIRST.with(PASID);

  /** What a write stores. */
  static final long WRITTEN = 0x0002_d00d_0000_0000L;

  /** The kinds without PASID, as legacy and scalable mode have them. */
  static List<RequestKind> withoutPasid() {
    return List.of(
        access("a read", PLAIN, AccessKind.READ),
        access("a write", PLAIN, AccessKind.WRITE),
        access("an atomic", PLAIN, AccessKind.ATOMIC),
        access("a zero-length read", PLAIN, AccessKind.ZERO_LENGTH_READ),
        new RequestKind("a translation request", PLAIN, Form.TRANSLATION, AccessKind.READ),
        access("a translated read", PLAIN.translated(), AccessKind.READ),
        access("a translated write", PLAIN.translated(), AccessKind.WRITE),
        new RequestKind("a page request", PLAIN, Form.PAGE, AccessKind.READ));
  }

  /** The kinds with PASID. */
  static List<RequestKind> withPasid() {
    return Stream.of(
            access("a read", USER, AccessKind.READ),
            access("a write", USER, AccessKind.WRITE),
            access("an atomic", USER, AccessKind.ATOMIC),
            access("an execution", USER, AccessKind.EXECUTE),
            access("a supervisor's read", USER.supervisor(), AccessKind.READ),
            access("a supervisor's write", USER.supervisor(), AccessKind.WRITE),
            new RequestKind("a translation request", USER, Form.TRANSLATION, AccessKind.READ),
            access("a translated read", USER.translated(), AccessKind.READ),
            access("a translated write", USER.translated(), AccessKind.WRITE),
            new RequestKind("a page request", USER, Form.PAGE, AccessKind.READ))
        .map(kind -> new RequestKind(kind.name + " with PASID", kind.who, kind.form, kind.kind))
        .toList();
  }

  private static RequestKind access(String name, Requester who, AccessKind kind) {
    return new RequestKind(name, who, Form.ACCESS, kind);
  }

  /** The case shows nothing of a unit that cannot have such a request. */
  void need(VtdScene scene) {
    who.needs().forEach(scene::needs);
    scene.only(who.pasid() == null || scene.facts.has(Feature.PASID));
    if (form == Form.TRANSLATION || !who.type().equals(PLAIN.type())) {
      scene.needs(Capability.STIMULUS_ATS).only(scene.facts.has(Feature.DT));
    }
    if (form == Form.PAGE) {
      scene.needs(Capability.PAGE_REQUESTS).only(scene.facts.has(Feature.PRS));
    }
    if (who.pasid() != null && isTranslated()) {
      scene.only(scene.facts.has(Feature.PTRS));
    }
  }

  /** Makes the request; what comes of it is not looked at, but for its record. */
  void raise(VtdScene scene, long address) {
    switch (form) {
      case ACCESS -> scene.by(who).access(kind, address, WRITTEN, Expect.ANY);
      case TRANSLATION -> scene.by(who).asks(address, false, Expect.ANY);
      case PAGE ->
          scene.add(
              new RequestPage(
                  new PageRequestMessage(
                      who.rid(), who.pasid(), false, false, true, true, false, 1, address),
                  Expect.ANY));
    }
  }

  boolean isTranslated() {
    return !who.type().equals(PLAIN.type());
  }

  /** T1: of reads and atomics. */
  boolean first() {
    return form != Form.PAGE && kind != AccessKind.WRITE;
  }

  /** T2: of atomics and page requests. */
  boolean second() {
    return form == Form.PAGE || kind == AccessKind.ATOMIC;
  }

  /** AT. */
  int addressType() {
    return form == Form.TRANSLATION ? 1 : isTranslated() ? 2 : 0;
  }

  /** Whether EXE counts: with a PASID and for reads alone. */
  boolean mayExecute() {
    return who.pasid() != null && first() && !second();
  }
}
