package org.iommuref.conformance.qemu;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.iommuref.conformance.linux.LinuxTargets;
import org.iommuref.conformance.report.KnownFailure;
import org.iommuref.conformance.report.KnownFailures;
import org.iommuref.conformance.report.MalformedFileException;
import org.iommuref.spec.clause.Catalogue;
import org.iommuref.spec.clause.Check;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The lists of known failures, read as a run reads them. */
class KnownListsTest {

  static Stream<Path> lists() throws IOException {
    try (Stream<Path> files = Files.list(Path.of("known"))) {
      return files.sorted().toList().stream();
    }
  }

  @ParameterizedTest
  @MethodSource("lists")
  void list_isWellFormed_andEachEntryIsOfATargetThatThereIs(Path list)
      throws MalformedFileException {
    List<KnownFailure> entries = KnownFailures.read(list, Catalogue.load());
    assertThat(entries).isNotEmpty();
    assertThat(entries).allSatisfy(entry -> assertIsTarget(entry.target()));
    assertThat(entries)
        .filteredOn(entry -> entry.seam() == 1)
        .as("at seam 1 each entry says how far its clause fails")
        .noneMatch(entry -> entry.failing().isEmpty());
  }

  private static void assertIsTarget(String name) {
    if (!LinuxTargets.isNameOf(name)) {
      assertThat(QemuTargets.machine(name).name()).isNotEmpty();
    }
  }

  @Test
  void listOfLinux_isOfTestedClausesOfSeam3_andOfItsOtherKernelsToo()
      throws MalformedFileException {
    Catalogue catalogue = Catalogue.load();
    List<KnownFailure> entries =
        KnownFailures.read(Path.of("known", "linux-7.2-iommufd.yaml"), catalogue);
    assertThat(entries)
        .allSatisfy(
            entry -> {
              assertThat(catalogue.cited(entry.clause().toString()).check())
                  .isEqualTo(Check.TESTED);
              assertThat(catalogue.isShownAt(entry.clause(), 3)).isTrue();
              assertThat(entry.isOf("linux:bzImage")).isTrue();
              assertThat(entry.isOf("mock")).isFalse();
            });
  }
}
