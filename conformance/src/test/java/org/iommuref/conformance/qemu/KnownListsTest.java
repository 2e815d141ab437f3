package org.iommuref.conformance.qemu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.iommuref.spec.clause.Check.TESTED;

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
import org.iommuref.spec.clause.ClauseId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The lists of known failures, read as a run reads them. */
class KnownListsTest {

  private static final Catalogue CATALOGUE = Catalogue.load();
  private static final List<Integer> SEAMS = List.of(1, 2, 3);

  static Stream<Path> lists() throws IOException {
    try (Stream<Path> files = Files.list(Path.of("known"))) {
      return files.sorted().toList().stream();
    }
  }

  @ParameterizedTest
  @MethodSource("lists")
  void list_isOfOneTarget_andOfClausesThatAreTestedThere(Path list) throws MalformedFileException {
    List<KnownFailure> entries = KnownFailures.read(list, CATALOGUE);
    assertThat(entries.stream().map(KnownFailure::target).distinct())
        .as("targets of the entries")
        .hasSize(1)
        .allSatisfy(KnownListsTest::assertIsTarget);
    for (KnownFailure entry : entries) {
      ClauseId clause = entry.clause();
      assertThat(CATALOGUE.cited(clause.toString()).check()).as("%s", clause).isEqualTo(TESTED);
      assertThat(SEAMS)
          .as("seams at which %s is shown, and the entry holds", clause)
          .anyMatch(seam -> entry.isAt(seam) && CATALOGUE.isShownAt(clause, seam));
    }
  }

  @ParameterizedTest
  @MethodSource("lists")
  void entryOfSeam1_saysHowFarItsClauseFails(Path list) throws MalformedFileException {
    for (KnownFailure entry : KnownFailures.read(list, CATALOGUE)) {
      String clause = entry.clause().toString();
      assertThat(entry.failing().keySet())
          .as("cases of %s, each named after it", clause)
          .allMatch(name -> name.startsWith(clause + " "));
      if (entry.seam() == 1) {
        assertThat(entry.failing()).as("cases in which %s fails", clause).isNotEmpty();
      }
    }
  }

  private static void assertIsTarget(String name) {
    if (!LinuxTargets.isNameOf(name)) {
      assertThat(name).matches(QemuTargets::isNameOf, "is of Linux or of QEMU");
      assertThat(QemuTargets.machine(name).name()).isNotEmpty();
    }
  }

  @Test
  void listOfLinux_isOfSeam3_andOfItsOtherKernelsToo() throws MalformedFileException {
    for (KnownFailure entry :
        KnownFailures.read(Path.of("known", "linux-7.2-iommufd.yaml"), CATALOGUE)) {
      ClauseId clause = entry.clause();
      assertThat(CATALOGUE.isShownAt(clause, 3)).as("%s is shown at seam 3", clause).isTrue();
      assertThat(entry.isOf("linux:bzImage")).as("%s of linux:bzImage", clause).isTrue();
      assertThat(entry.isOf("mock")).as("%s of mock", clause).isFalse();
    }
  }
}
