package org.iommuref.tla;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.iommuref.spec.clause.Catalogue;
import org.iommuref.spec.clause.Citations;
import org.iommuref.tla.tlc.TlaException;
import org.junit.jupiter.api.Test;

class TlaCitationsTest {

  @Test
  void in_twoCitationsOverOneOperator_givesBoth() {
    String text = "\\* @clause INV-009\n  \\* @clause MAP-017\nFollows(c) ==\n  TRUE\n";

    assertThat(TlaCitations.in("M", text))
        .extracting(citation -> citation.clause() + " " + citation.element())
        .containsExactly("INV-009 M!Follows", "MAP-017 M!Follows");
  }

  @Test
  void in_textWithoutCitations_givesNone() {
    assertThat(TlaCitations.in("M", "\\* The clause INV-009 is near.\nA == TRUE\n")).isEmpty();
  }

  @Test
  void in_malformedId_isRefusedWithItsLine() {
    refuses("A == TRUE\n\\* @clause INV-9\nB == TRUE\n", "M.tla:2: 'INV-9' is not a clause id");
  }

  @Test
  void in_twoIdsOnOneLine_isRefused() {
    refuses("\\* @clause INV-001 INV-002\nB == TRUE\n", "M.tla:1: ");
  }

  @Test
  void in_noOperatorBelow_isRefused() {
    refuses("\\* @clause INV-001\n\nB == TRUE\n", "M.tla:2: a citation wants an operator below it");
    refuses("A == TRUE\n\\* @clause INV-001\n", "M.tla:2: a citation wants an operator below it");
  }

  @Test
  void lines_clauseThatTheCatalogueLacks_isRefused() {
    String text = TinyModels.COUNTER.replace("INV-001", "INV-999");
    Models models = Models.of(List.of(new TinyModels().with("Counter/Counter.tla", text)));

    assertThatThrownBy(() -> CitationFile.lines(models, Catalogue.load()))
        .isInstanceOf(TlaException.class)
        .hasMessage("Counter!Small: unknown clause INV-999");
  }

  @Test
  void citationFile_builtWithTheModule_isWhatTheModelsCite() {
    Citations built = Citations.load(getClass().getClassLoader(), List.of("tla"));

    assertThat(Citations.lines(built.all()))
        .isEqualTo(CitationFile.lines(Models.load(), Catalogue.load()))
        .contains("INV-001\toperator\tUnmapFlush!NoStaleTranslation\n");
  }

  private static void refuses(String text, String start) {
    assertThatThrownBy(() -> TlaCitations.in("M", text))
        .isInstanceOf(TlaException.class)
        .message()
        .startsWith(start);
  }
}
