package org.iommuref.conformance.cli;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.util.Locale;

/** What went wrong with a file, for one line of a message. */
final class InOneLine {

  private InOneLine() {}

  /** File and reason; the JDK leaves the reason out where the type of the exception says it. */
  static String of(IOException failure) {
    if (failure instanceof FileSystemException at && at.getReason() == null) {
      String type = failure.getClass().getSimpleName().replaceFirst("Exception$", "");
      String reason = type.replaceAll("(?<=.)([A-Z])", " $1").toLowerCase(Locale.ROOT);
      return at.getFile() + ": " + reason;
    }
    return String.valueOf(failure.getMessage());
  }
}
