package org.iommuref.hw.vtd.matrix;

import static org.iommuref.hw.vtd.matrix.Cells.NONE;

import java.util.function.Predicate;
import org.iommuref.hw.vtd.layout.FaultRecording;
import org.iommuref.hw.vtd.layout.Field;
import org.iommuref.hw.vtd.unit.DmaRequest;
import org.iommuref.spec.access.AccessKind;
import org.iommuref.spec.unit.AddressType;

/** A kind of request that the fields of a fault record depend on. Manual 11.4.7.6. */
enum RecordKind {
  LEGACY_READ("a read, legacy", legacy(AccessKind.READ)),
  LEGACY_WRITE("a write, legacy", legacy(AccessKind.WRITE)),
  LEGACY_ATOMIC("an atomic, legacy", legacy(AccessKind.ATOMIC)),
  LEGACY_ZERO("a zero-length read, legacy", legacy(AccessKind.ZERO_LENGTH_READ)),
  LEGACY_ASKED("a translation request, legacy", r -> !r.isScalable() && r.isTranslationRequest()),
  LEGACY_TRANSLATED("a translated request, legacy", r -> !r.isScalable() && r.isTranslated()),
  READ("a read", scalable(AccessKind.READ).and(r -> !r.hasPasid())),
  WRITE("a write", scalable(AccessKind.WRITE).and(r -> !r.hasPasid())),
  ATOMIC("an atomic", scalable(AccessKind.ATOMIC).and(r -> !r.hasPasid())),
  ZERO("a zero-length read", scalable(AccessKind.ZERO_LENGTH_READ).and(r -> !r.hasPasid())),
  ASKED("a translation request", r -> asks(r) && !r.hasPasid()),
  TRANSLATED_READ("a translated read", r -> translated(r, false) && !r.hasPasid()),
  TRANSLATED_WRITE("a translated write", r -> translated(r, true) && !r.hasPasid()),
  PAGE("a page request", r -> r.isPageRequest() && !r.hasPasid()),
  PASID_READ("a read with PASID", user(AccessKind.READ)),
  PASID_WRITE("a write with PASID", user(AccessKind.WRITE)),
  PASID_ATOMIC("an atomic with PASID", user(AccessKind.ATOMIC)),
  PASID_EXECUTE("an execution with PASID", user(AccessKind.EXECUTE)),
  PASID_SUPERVISOR_READ(
      "a supervisor's read with PASID", supervisor().and(r -> !r.kind().needsWrite())),
  PASID_SUPERVISOR_WRITE(
      "a supervisor's write with PASID", supervisor().and(r -> r.kind().needsWrite())),
  PASID_ASKED("a translation request with PASID", r -> asks(r) && r.hasPasid()),
  PASID_TRANSLATED_READ("a translated read with PASID", r -> translated(r, false) && r.hasPasid()),
  PASID_TRANSLATED_WRITE("a translated write with PASID", r -> translated(r, true) && r.hasPasid()),
  PASID_PAGE("a page request with PASID", r -> r.isPageRequest() && r.hasPasid());

  private final String words;

  @SuppressWarnings("ImmutableEnumChecker") // the conditions above look at a request alone
  private final Predicate<DmaRequest> is;

  RecordKind(String words, Predicate<DmaRequest> is) {
    this.words = words;
    this.is = is;
  }

  /** As the table has it. */
  String words() {
    return words;
  }

  /** Whether a request is of this kind. */
  boolean is(DmaRequest request) {
    return is.test(request);
  }

  /** The clause about a field in the record of such a request, or why it does not count there. */
  String rule(Field field) {
    if (field.equals(FaultRecording.AT)) {
      return isPage() ? NONE + "it counts for reads, writes and atomics alone" : "VTD-184";
    }
    boolean ofPasid =
        field.equals(FaultRecording.PV)
            || field.equals(FaultRecording.PRIV)
            || field.equals(FaultRecording.EXE);
    if (ofPasid && !name().startsWith("PASID")) {
      return NONE + "it counts with PP alone";
    }
    if (field.equals(FaultRecording.EXE) && !reads()) {
      return NONE + "it counts for reads alone";
    }
    return ofPasid || field.equals(FaultRecording.PP) ? "VTD-125" : "VTD-212";
  }

  private boolean isPage() {
    return this == PAGE || this == PASID_PAGE;
  }

  private boolean reads() {
    return switch (this) {
      case PASID_READ, PASID_EXECUTE, PASID_SUPERVISOR_READ, PASID_ASKED, PASID_TRANSLATED_READ ->
          true;
      default -> false;
    };
  }

  private static boolean isPlain(DmaRequest r) {
    return r.addressType() == AddressType.UNTRANSLATED && !r.isPageRequest();
  }

  private static Predicate<DmaRequest> legacy(AccessKind kind) {
    return r -> !r.isScalable() && isPlain(r) && r.kind() == kind;
  }

  private static Predicate<DmaRequest> scalable(AccessKind kind) {
    return r -> r.isScalable() && isPlain(r) && r.kind() == kind;
  }

  private static Predicate<DmaRequest> user(AccessKind kind) {
    return scalable(kind).and(r -> r.hasPasid() && !r.isPrivileged());
  }

  private static Predicate<DmaRequest> supervisor() {
    return r -> r.isScalable() && isPlain(r) && r.hasPasid() && r.isPrivileged();
  }

  private static boolean asks(DmaRequest r) {
    return r.isScalable() && r.isTranslationRequest();
  }

  private static boolean translated(DmaRequest r, boolean writes) {
    return r.isScalable() && r.isTranslated() && r.kind().needsWrite() == writes;
  }
}
