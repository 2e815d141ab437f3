package org.iommuref.conformance.program;

import org.iommuref.spec.errno.Errno;
import org.iommuref.spec.errno.Result;

/** What a call answers, in the words of {@link Program}. */
final class Answer {

  static final String DONE = "0";

  private Answer() {}

  /** What a call returned, or its errno. */
  static String of(Result<Integer> result) {
    return result.isOk() ? Integer.toString(result.value()) : of(errno(result));
  }

  /** An errno. */
  static String of(Errno errno) {
    return Integer.toString(-errno.number());
  }

  /** The errno of a call that failed. */
  static Errno errno(Result<?> failed) {
    Errno errno = failed.errno();
    return errno == null ? Errno.EIO : errno;
  }
}
