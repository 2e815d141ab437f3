package org.iommuref.tla;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.iommuref.tla.tlc.TlaException;
import org.junit.jupiter.api.Test;

class ManifestTest {

  private static final String GOOD =
      TinyModels.manifest("ok", "\"distinctStates\": 3, \"depth\": 3");

  @Test
  void parse_configWithoutFault_keepsItsCounts() {
    ModelConfig config = Manifest.parse("it", GOOD).models().get(0).configs().get(0);

    assertThat(config.fault()).isEmpty();
    assertThat(config.distinctStates()).hasValue(3);
    assertThat(config.depth()).hasValue(3);
  }

  @Test
  void parse_configsWithFaults_listsThem() {
    assertThat(Manifest.parse("it", GOOD).models().get(0).faults()).containsExactly("TooFar");
  }

  @Test
  void parse_fieldThatNobodyReads_isRefusedWithItsLine() {
    refuses(GOOD.replace("\"tier\": \"full\"", "\"tear\": \"full\""), "it:7: ", "field \"tear\"");
  }

  @Test
  void parse_brokenJson_isRefusedWithItsLine() {
    refuses(GOOD.replace("\"lanes\": [", "\"lanes\": "), "it:", "");
  }

  @Test
  void parse_absentTitle_isNamed() {
    refuses(
        GOOD.replace("\"title\": \"Up to five\",", ""),
        "it: model Counter: config MCCounter_TooFar: ",
        "title is absent");
  }

  @Test
  void parse_unknownWords_areNamed() {
    refuses(GOOD.replace("\"quick\"", "\"swift\""), "it: ", "tier 'swift' is none of quick, full");
    refuses(GOOD.replace("\"ok\"", "\"fine\""), "it: ", "expected 'fine' is no outcome of TLC");
    refuses(GOOD.replace("[\"Counter\"]", "[\"../Counter\"]"), "it: ", "is not a name of TLA+");
  }

  @Test
  void parse_okWithoutCounts_isRefused() {
    refuses(GOOD.replace(", \"depth\": 3", ""), "it: ", "states distinctStates and depth");
  }

  @Test
  void parse_violationWithCounts_isRefused() {
    String counted =
        GOOD.replace("\"violated\": \"Small\"", "\"violated\": \"Small\", \"depth\": 1");

    refuses(counted, "it: ", "counts of a run that is cut short mean nothing");
  }

  @Test
  void parse_invariantWithoutItsName_isRefused() {
    refuses(GOOD.replace("\"violated\": \"Small\", ", ""), "it: ", "violated goes with expected");
  }

  private static void refuses(String text, String start, String contained) {
    assertThatThrownBy(() -> Manifest.parse("it", text))
        .isInstanceOf(TlaException.class)
        .message()
        .startsWith(start)
        .contains(contained)
        .doesNotContain("\n");
  }
}
