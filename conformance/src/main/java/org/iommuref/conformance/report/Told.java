package org.iommuref.conformance.report;

import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.iommuref.spec.backend.AskingDevices.Answer;
import org.iommuref.spec.backend.KeepingDevices.Control;
import org.iommuref.spec.backend.KeepingDevices.Translation;
import org.iommuref.spec.operation.DirtyRanges;
import org.iommuref.spec.operation.HeardPageRequests;
import org.iommuref.spec.operation.HeardPageRequests.Heard;
import org.iommuref.spec.operation.PageAnswers;
import org.jspecify.annotations.Nullable;

/** What devices were told and what was told of them, in words. */
final class Told {

  private Told() {}

  /** What was told, or null if it is something else. */
  static @Nullable String of(@Nullable Object value) {
    if (value instanceof HeardPageRequests heard) {
      return list("no request", heard.requests(), Told::heard);
    }
    if (value instanceof PageAnswers told) {
      return list("no answer", told.answers(), Told::answer);
    }
    if (value instanceof DirtyRanges dirty) {
      return list(
          "nothing", dirty.ranges(), range -> range.iova() + " length " + hex(range.length()));
    }
    if (value instanceof Translation given) {
      String rights = rights(given);
      return given.snooped() ? rights + " snooped" : rights;
    }
    if (value instanceof Control control) {
      String on = "ATS " + word(control.ats()) + ", PRI " + word(control.pri());
      return control.unsupported() == 0 ? on : on + ", " + control.unsupported() + " unsupported";
    }
    return null;
  }

  private static String heard(Heard one) {
    return "group " + one.group() + (one.last() ? "" : " in part") + " of " + one.domain();
  }

  private static String answer(Answer one) {
    return "group " + one.group() + " " + one.response().name().toLowerCase(Locale.ROOT);
  }

  private static String rights(Translation given) {
    if (!given.read() && !given.write()) {
      return "no right";
    }
    return (given.read() ? "r" : "") + (given.write() ? "w" : "");
  }

  private static String word(boolean on) {
    return on ? "on" : "off";
  }

  private static String hex(long number) {
    return "0x" + Long.toHexString(number);
  }

  private static <T> String list(String none, List<T> all, Function<T, String> words) {
    return all.isEmpty() ? none : all.stream().map(words).collect(Collectors.joining(", "));
  }
}
