package org.iommuref.conformance.house;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiPredicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What a program can see of the Java sources of every module. */
class SourcesTest {

  private static final List<String> MODULES =
      List.of("spec", "reference-model", "hw-backends", "tla", "conformance");
  private static final int MOST_LINES = 400;

  /** These words, put together here so that this file does not hold them. */
  private static final List<String> UNFINISHED = List.of("TO" + "DO", "FIX" + "ME");

  private static final List<String> NEVER =
      List.of("@Dis" + "abled", "Thread" + ".sleep", "\"/wo" + "rk/", "\"/ro" + "ot/");

  private static final Pattern PUBLIC_TYPE =
      Pattern.compile(
          "(?m)^(@.*\\R|    .*\\R)*public ([a-z-]+ )*(class|interface|record|enum|@interface) ");

  private static List<Path> sources() {
    List<Path> sources = new ArrayList<>();
    for (String module : MODULES) {
      Path folder = Path.of("..", module, "src");
      try (Stream<Path> files = Files.walk(folder)) {
        files.filter(file -> file.toString().endsWith(".java")).forEach(sources::add);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return sources;
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<String> where(BiPredicate<Path, String> wrong) {
    return sources().stream()
        .filter(file -> wrong.test(file, text(file)))
        .map(Path::toString)
        .toList();
  }

  @Test
  void sources_ofEveryModule_areSeen() {
    assertThat(sources()).hasSizeGreaterThan(500);
  }

  @Test
  void files_areShortOrSayWhyNot() {
    assertThat(where((file, text) -> text.lines().count() > MOST_LINES)).isEmpty();
  }

  @Test
  void files_haveNoTabs() {
    assertThat(where((file, text) -> text.indexOf('\t') >= 0)).isEmpty();
  }

  @Test
  void files_areFinished() {
    assertThat(where((file, text) -> UNFINISHED.stream().anyMatch(text::contains))).isEmpty();
  }

  @Test
  void files_neitherSleepNorSkipNorNameAMachine() {
    assertThat(where((file, text) -> NEVER.stream().anyMatch(text::contains))).isEmpty();
  }

  @Test
  void programs_printOnlyWhereACommandDoes() {
    assertThat(where((file, text) -> isMain(file) && text.contains("System." + "out"))).isEmpty();
  }

  @Test
  void publicTypes_sayWhatTheyAre() {
    assertThat(where((file, text) -> isMain(file) && !isDocumented(text))).isEmpty();
  }

  private static boolean isMain(Path file) {
    return file.toString().contains("/src/main/");
  }

  /** Whether Javadoc stands right above the first public type and its annotations, if any. */
  private static boolean isDocumented(String text) {
    Matcher type = PUBLIC_TYPE.matcher(text);
    return !type.find() || text.substring(0, type.start()).stripTrailing().endsWith("*/");
  }

  @Test
  void packages_sayWhatTheyHold() {
    List<String> without =
        sources().stream()
            .map(Path::getParent)
            .distinct()
            .filter(folder -> folder != null && folder.toString().contains("main"))
            .filter(folder -> !isMarked(folder.resolve("package-info.java")))
            .map(String::valueOf)
            .toList();
    assertThat(without).isEmpty();
  }

  private static boolean isMarked(Path file) {
    return Files.exists(file) && text(file).contains("@NullMarked");
  }
}
