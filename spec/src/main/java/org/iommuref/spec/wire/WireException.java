package org.iommuref.spec.wire;

/** A text that is not the message it should be; the message says where and what was expected. */
public final class WireException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /** One line that names the member and what is wrong with it. */
  public WireException(String message) {
    super(message);
  }

  /** Something wrong with the member at that place. */
  static WireException at(String place, String problem) {
    return new WireException(place + ": " + problem);
  }

  /** Something else where a certain form is expected. */
  static WireException expected(String place, String form, Object found) {
    return at(place, "expected " + form + ", found " + Json.shorten(found.toString()));
  }
}
