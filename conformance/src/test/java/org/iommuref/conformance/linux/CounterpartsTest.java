package org.iommuref.conformance.linux;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.iommuref.spec.clause.Catalogue;
import org.iommuref.spec.clause.Check;
import org.junit.jupiter.api.Test;

class CounterpartsTest {

  private final Counterparts counterparts = Counterparts.load(Catalogue.load());

  @Test
  void selftest_hasEveryCaseOfLinuxOnce() {
    assertThat(counterparts.selftest()).hasSize(74);
    assertThat(counterparts.selftest().stream().map(SelftestCase::fullName))
        .doesNotHaveDuplicates();
  }

  @Test
  void selftest_eachCaseHasClausesThatDiffer() {
    assertThat(counterparts.selftest())
        .allSatisfy(
            one ->
                assertThat(one.clauses()).as(one.fullName()).isNotEmpty().doesNotHaveDuplicates());
  }

  @Test
  void clauses_haveACaseOrAReason() {
    assertThat(counterparts.selftest())
        .allSatisfy(
            one ->
                assertThat(one.clauses())
                    .as(one.fullName())
                    .allMatch(
                        clause ->
                            !counterparts.casesOf(clause).isEmpty()
                                || clause.check() == Check.MODEL_ONLY
                                || clause.why().isPresent()));
  }

  @Test
  void page_isTheOneThatIsKept() throws IOException {
    assertThat(counterparts.page())
        .as("write it anew with ./iommuref list counterparts --markdown")
        .isEqualTo(Files.readString(Path.of("linux", "COUNTERPARTS.md")));
  }
}
