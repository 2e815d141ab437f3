package org.iommuref.conformance.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.iommuref.spec.clause.ClauseId;
import org.iommuref.spec.wire.Json;
import org.junit.jupiter.api.Test;

/** The way of a failing access, as the page draws it. */
class TableWalkTest {

  private static final ClauseId CLAUSE = ClauseId.parse("INV-001");

  @Test
  void accessOfVtd_passesItsTablesDownToTheLeaf() {
    JsonNode failure = new FailureFile(Samples.failure(CLAUSE, "vtd"), false).write();
    assertThat(TableWalk.of(claims("vtd"), failure))
        .containsExactly(
            new TableWalk.Box("device 01:00.0", "read 0x40601234", "untranslated"),
            new TableWalk.Box("root table", "bus 0x01", ""),
            new TableWalk.Box("context table", "entry 0x00", "domain 1"),
            new TableWalk.Box("level 4", "entry 0", ""),
            new TableWalk.Box("level 3", "entry 1", ""),
            new TableWalk.Box("level 2", "entry 3", "3 map, 4 unmap, 5 sync"));
  }

  @Test
  void accessOfOthers_passesItsDomain() {
    JsonNode failure = new FailureFile(Samples.failure(CLAUSE, "ideal"), false).write();
    assertThat(TableWalk.of(claims("neutral"), failure))
        .containsExactly(
            new TableWalk.Box("device 01:00.0", "read 0x40601234", "untranslated"),
            new TableWalk.Box("domain", "domain 1", "its tables"),
            new TableWalk.Box("page", "0x40600000", "3 map, 4 unmap, 5 sync"));
  }

  @Test
  void rangeOfTheCore_isDividedAsTheCoreDoes() {
    String map =
        "'op':'core.map','domain':1,'iova':'0x1ff000','paddr':'0x5ff000','size':'0x202000'";
    assertThat(leafOf(map, "0x1ff000")).isEqualTo("level 1");
    assertThat(leafOf(map, "0x200000")).isEqualTo("level 2");
    assertThat(leafOf(map, "0x3fffff")).isEqualTo("level 2");
    assertThat(leafOf(map, "0x400000")).isEqualTo("level 1");
    assertThat(leafOf(map.replace("0x5ff000", "0x5fe000"), "0x200000"))
        .as("the physical side is not aligned")
        .isEqualTo("level 1");
  }

  @Test
  void largePageThatAnUnmapMet_isRemovedWhole() {
    ObjectNode failure =
        sequence(
            "'id':1,'op':'map','domain':1,'iova':'0x200000','paddr':'0x0','page_size':'0x200000','count':'0x1','prot':'r'",
            "'id':2,'op':'unmap','domain':1,'iova':'0x200000','page_size':'0x1000','count':'0x1','gather':1",
            access("0x300000"));
    ((ObjectNode) failure.at("/steps/1")).put("answer", "0x200000");
    List<TableWalk.Box> boxes = TableWalk.of(claims("vtd"), failure);
    assertThat(boxes.get(boxes.size() - 1).remark()).isEqualTo("1 map, 2 unmap");
  }

  @Test
  void callThatIsNoAccess_hasNoWay() {
    JsonNode failure = new FailureFile(Samples.failureOfCore(CLAUSE), false).write();
    assertThat(TableWalk.of(claims("vtd"), failure)).isEmpty();
  }

  private static String leafOf(String map, String iova) {
    List<TableWalk.Box> boxes = TableWalk.of(claims("vtd"), sequence(map, access(iova)));
    return boxes.get(boxes.size() - 1).place();
  }

  private static String access(String iova) {
    return "'id':9,'op':'access','rid':'01:00.0','iova':'" + iova + "','kind':'read','value':'0x0'";
  }

  private static ObjectNode sequence(String... requests) {
    ObjectNode failure = JsonNodeFactory.instance.objectNode();
    for (String request : requests) {
      failure
          .withArray("steps")
          .addObject()
          .put("answer", "done")
          .set("request", Json.parse("{" + request.replace('\'', '"') + "}"));
    }
    return failure;
  }

  private static JsonNode claims(String architecture) {
    return JsonNodeFactory.instance
        .objectNode()
        .put("architecture", architecture)
        .put("page_sizes", "0x40201000")
        .put("address_bits", 48);
  }
}
