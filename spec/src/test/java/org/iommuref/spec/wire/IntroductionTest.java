package org.iommuref.spec.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.iommuref.spec.clause.Capability;
import org.iommuref.spec.operation.Reply;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a child may say of itself. */
class IntroductionTest {

  private static final Hello HELLO = new Hello(1, 2, 16, 65536);
  private static final String GOOD =
      """
      {"name":"toy","version":"1","protocol":1,"seam":2,"role":"backend","architecture":"neutral",
       "page_sizes":"0x1000","address_bits":48,"max_pasids":0,"unit":["CACHING_MODE"],
       "stimulus":["TWO_UNITS"],"ram":"target","memory":{"base":"0x100000","size":"0x100000"},
       "window":1,"line_limit":4096}\
      """;

  @Test
  void hello_withEverything_isTaken_andImpliedCapabilitiesAreAdded() {
    Introduction toy = read(GOOD);
    assertThat(toy.unit()).containsExactly(Capability.TRANSLATION_CACHE, Capability.CACHING_MODE);
    assertThat(toy.hwInfo().stimulus())
        .containsExactly(Capability.TWO_DEVICES, Capability.TWO_UNITS);
    assertThat(toy.hwInfo().smallestPage()).isEqualTo(4096);
    Schemas.assertFits("seam2-reply.schema.json#/$defs/hello", message(GOOD));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      value = {
        "'name':'toy'|'name':''|\"name\" is empty",
        "'protocol':1|'protocol':2|\"protocol\" must be 1",
        "'seam':2|'seam':4|\"seam\" must be 1, 2 or 3",
        "'seam':2|'seam':1|\"role\" must be \"unit\" at seam 1",
        "'seam':2|'seam':3|\"role\" must be \"iommufd\" at seam 3",
        "'backend'|'core'|\"role\" must be \"backend\" or \"driver\" at seam 2",
        "'backend'|'driver'|\"ram\" must be \"runner\" for a driver",
        "'0x1000'|'0x0'|\"page_sizes\" has no bit set",
        "'0x1000'|4096|hello.ok.page_sizes: expected a hex string",
        "'address_bits':48|'address_bits':65|\"address_bits\" must be 1 to 64",
        "'max_pasids':0|'max_pasids':-1|\"max_pasids\" must be",
        "'CACHING_MODE'|'CASHING_MODE'|hello.ok.unit[0]: expected one of \"CORE\"",
        "'CACHING_MODE'|'TWO_DEVICES'|\"unit\" lists TWO_DEVICES, which belongs in the other list",
        "'ram':'target'|'ram':'shared'|hello.ok.ram: expected one of \"target\", \"runner\"",
        "'0x100000'}|'0x0'}|hello.ok.memory: empty",
        "'window':1|'window':0|\"window\" must be at least 1",
        "'line_limit':4096|'line_limit':80|\"line_limit\" must be at least 1024"
      })
  void hello_withSomethingWrong_namesTheMember(String right, String wrong, String problem) {
    String text = GOOD.replace(right.replace('\'', '"'), wrong.replace('\'', '"'));
    assertThat(text).isNotEqualTo(GOOD);
    assertThatThrownBy(() -> read(text))
        .isInstanceOf(WireException.class)
        .hasMessageStartingWith("hello.ok")
        .hasMessageContaining(problem);
  }

  @Test
  void hello_withAMemberMissing_namesTheMember() {
    ObjectNode good = Json.parse(GOOD);
    good.fieldNames()
        .forEachRemaining(
            name -> {
              ObjectNode without = good.deepCopy();
              without.remove(name);
              assertThatThrownBy(() -> read(without.toString()))
                  .isInstanceOf(WireException.class)
                  .hasMessage("hello.ok: \"" + name + "\" is missing");
              Schemas.assertRefuses(
                  "seam2-reply.schema.json#/$defs/hello", message(without.toString()));
            });
  }

  private static Introduction read(String ok) {
    if (MessageCodec.readReply(message(ok), HELLO) instanceof Reply.Ok<Introduction> read) {
      return read.value();
    }
    throw new AssertionError("not ok");
  }

  private static ObjectNode message(String ok) {
    return Json.parse("{\"id\":1,\"ok\":" + ok + "}");
  }
}
