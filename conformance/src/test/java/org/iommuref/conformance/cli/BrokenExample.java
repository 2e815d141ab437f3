package org.iommuref.conformance.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;

/** The examples in Python, copied, with one line of one of them broken. */
final class BrokenExample {

  private static final Path EXAMPLES = Path.of("examples", "python");

  private BrokenExample() {}

  /**
   * Copies all scripts to a folder.
   *
   * @param part what stands in them exactly once
   * @param broken what stands there in the copy
   */
  static void copyTo(Path folder, String part, String broken) throws IOException {
    int found = 0;
    try (DirectoryStream<Path> scripts = Files.newDirectoryStream(EXAMPLES, "vtd_*.py")) {
      for (Path script : scripts) {
        String text = Files.readString(script);
        found += text.split(Pattern.quote(part), -1).length - 1;
        Files.writeString(
            folder.resolve(script.getFileName().toString()), text.replace(part, broken));
      }
    }
    assertThat(found).as("how often '" + part + "' is there").isEqualTo(1);
  }
}
