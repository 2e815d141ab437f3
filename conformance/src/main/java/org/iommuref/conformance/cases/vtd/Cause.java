package org.iommuref.conformance.cases.vtd;

import java.util.function.Consumer;
import java.util.function.Predicate;
import org.iommuref.spec.access.AccessKind;

/**
 * Something that a request is refused for: what is wrong in a scene, and the request by which it
 * shows.
 *
 * @param <S> a scene
 * @param reason the fault reason
 * @param answer what a translation request is answered
 * @param qualified whether FPD keeps it out of the log
 * @param name what is wrong, in a few words
 * @param applies whether a unit has what it needs
 * @param wrong makes it so
 * @param who makes the request
 * @param kind of the request
 * @param address of the request
 */
record Cause<S>(
    int reason,
    Answer answer,
    boolean qualified,
    String name,
    Predicate<VtdFacts> applies,
    Consumer<S> wrong,
    Requester who,
    AccessKind kind,
    long address) {

  private static final int DIRECTORY_ERROR = 0x50;
  private static final int PASID_TABLE_ERROR = 0x58;

  /** What a translation request is answered. */
  enum Answer {
    /** Success without any right, and no record. */
    NO_RIGHTS,
    /** Success without any right, and a record. */
    NO_RIGHTS_RECORDED,
    /** Unsupported request. */
    UNSUPPORTED,
    /** Completer abort. */
    ABORTED,
    /** No translation request meets it, or it is told of the rights that are left. */
    NONE
  }

  /** A cause that a read of the address of most cases by the first device meets. */
  static <S> Cause<S> of(int reason, Answer answer, String name, Consumer<S> wrong) {
    return new Cause<>(
        reason,
        answer,
        true,
        name,
        facts -> true,
        wrong,
        Requester.FIRST,
        AccessKind.READ,
        VtdScene.IOVA);
  }

  /** The same, which FPD does not keep out of the log. */
  Cause<S> unqualified() {
    return new Cause<>(reason, answer, false, name, applies, wrong, who, kind, address);
  }

  /** The same of units for which this holds. */
  Cause<S> where(Predicate<VtdFacts> condition) {
    return new Cause<>(reason, answer, qualified, name, condition, wrong, who, kind, address);
  }

  /** The same by another requester. */
  Cause<S> by(Requester other) {
    return new Cause<>(reason, answer, qualified, name, applies, wrong, other, kind, address);
  }

  /** The same by another request. */
  Cause<S> at(AccessKind other, long where) {
    return new Cause<>(reason, answer, qualified, name, applies, wrong, who, other, where);
  }

  /**
   * Whether a unit has read a structure with FPD by then: the context entry, where the directory or
   * the PASID table is in no memory.
   */
  boolean meetsFpd() {
    return qualified || reason == DIRECTORY_ERROR || reason == PASID_TABLE_ERROR;
  }

  /** As {@code 05h, a page without the right}. */
  String words() {
    return String.format("%02xh, ", reason) + name;
  }
}
