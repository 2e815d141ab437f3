package org.iommuref.spec.wire;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.iommuref.spec.access.Iova;
import org.iommuref.spec.access.Rid;
import org.iommuref.spec.backend.DomainId;
import org.iommuref.spec.clause.Capability;
import org.iommuref.spec.errno.Errno;
import org.iommuref.spec.iommufd.call.FileCall;
import org.iommuref.spec.iommufd.call.UserCall;
import org.iommuref.spec.iommufd.program.ProgramCall;
import org.iommuref.spec.operation.Operation;
import org.iommuref.spec.operation.Operations;
import org.iommuref.spec.operation.SyncMap;
import org.iommuref.spec.unit.call.DriverCall;
import org.iommuref.spec.unit.call.UnitCall;
import org.iommuref.spec.unit.call.UnitEvent;
import org.junit.jupiter.api.Test;

/** Schemas and records say the same. */
class SchemaTest {

  private static final String REQUEST = "seam2-request.schema.json";
  private static final String REPLY = "seam2-reply.schema.json";
  private static final String CORE = "core-operation.schema.json";
  private static final String VALUES = "values.schema.json";

  @Test
  void seamThreeSchemas_defineExactlyTheCallsAndTheQuestions() {
    checkBothDirections("seam3-request", "seam3-reply", names(FileCall.all()));
    checkBothDirections("seam3-callback", "seam3-callback-reply", names(UserCall.all()));
  }

  @Test
  void seamOneSchemas_defineExactlyTheCallsAndTheEventsOfAUnit() {
    checkBothDirections("seam1-request", "seam1-reply", names(UnitCall.all()));
    checkBothDirections("seam1-callback", "seam1-callback-reply", names(UnitEvent.all()));
  }

  private static void checkBothDirections(String request, String reply, Set<String> onTheWire) {
    JsonNode schema = Schemas.text(request + ".schema.json");
    assertThat(members(schema.at("/$defs"))).isEqualTo(onTheWire);
    assertThat(strings(schema.at("/properties/op/enum"))).isEqualTo(onTheWire);
    assertThat(dispatched(request + ".schema.json")).isEqualTo(onTheWire);
    assertThat(members(Schemas.text(reply + ".schema.json").at("/$defs"))).isEqualTo(onTheWire);
  }

  @Test
  void requestSchema_definesExactlyTheOperationsOfTheSeam() {
    Set<String> onTheWire = new LinkedHashSet<>(names(Control.all()));
    onTheWire.addAll(names(Operations.backend()));
    assertThat(members(Schemas.text(REQUEST).at("/$defs"))).isEqualTo(onTheWire);
    assertThat(strings(Schemas.text(REQUEST).at("/properties/op/enum"))).isEqualTo(onTheWire);
    assertThat(dispatched(REQUEST)).isEqualTo(onTheWire);
    Set<String> replies = members(Schemas.text(REPLY).at("/$defs"));
    replies.remove("reply");
    assertThat(replies).isEqualTo(onTheWire);
  }

  @Test
  void coreSchema_definesExactlyTheOperationsOnTheCore() {
    Set<String> onTheCore = names(Operations.core());
    assertThat(members(Schemas.text(CORE).at("/$defs"))).isEqualTo(onTheCore);
    assertThat(strings(Schemas.text(CORE).at("/properties/op/enum"))).isEqualTo(onTheCore);
    assertThat(dispatched(CORE)).isEqualTo(onTheCore);
  }

  @Test
  void programSchema_definesExactlyTheStepsOfAProgram() {
    String program = "program-operation.schema.json";
    Set<String> steps = names(ProgramCall.all());
    assertThat(members(Schemas.text(program).at("/$defs"))).isEqualTo(steps);
    assertThat(strings(Schemas.text(program).at("/properties/op/enum"))).isEqualTo(steps);
    assertThat(dispatched(program)).isEqualTo(steps);
  }

  @Test
  void everyDefinition_hasTheMembersOfItsRecord() {
    for (Class<? extends Operation<?>> type : Specimens.operationTypes()) {
      RecordForm<?> form = new RecordForm<>(type.asSubclass(Record.class));
      String op = ((Operation<?>) form.blank()).op();
      JsonNode definition = Schemas.text(Specimens.requestSchema(op)).path("$defs").path(op);
      Set<String> described = members(definition.path("properties"));
      described.removeAll(Set.of("id", "op"));
      assertThat(described).as(op).isEqualTo(form.names());
      assertThat(definition.path("additionalProperties").asBoolean(true)).as(op).isFalse();
    }
  }

  @Test
  void valueSchema_listsEveryErrnoAndCapability() {
    assertThat(strings(Schemas.text(VALUES).at("/$defs/errno/enum")))
        .isEqualTo(names(Errno.values()));
    Set<String> capabilities =
        new TreeSet<>(strings(Schemas.text(VALUES).at("/$defs/unitCapability/enum")));
    capabilities.addAll(strings(Schemas.text(VALUES).at("/$defs/stimulusCapability/enum")));
    assertThat(capabilities).isEqualTo(new TreeSet<>(names(Capability.values())));
    for (Capability capability : Capability.values()) {
      String list =
          capability.kind() == Capability.Kind.UNIT ? "unitCapability" : "stimulusCapability";
      assertThat(strings(Schemas.text(VALUES).at("/$defs/" + list + "/enum")))
          .contains(capability.name());
    }
  }

  @Test
  void request_withAMemberTooMany_isRefused() {
    var sync = MessageCodec.request(1, new SyncMap(new DomainId(1), new Iova(0), 4096));
    Schemas.assertFits(REQUEST, sync);
    Schemas.assertRefuses(REQUEST, sync.deepCopy().put("pasid", 1));
    var withoutSize = sync.deepCopy();
    withoutSize.remove("size");
    Schemas.assertRefuses(REQUEST, withoutSize);
  }

  @Test
  void request_withoutId_isRefused() {
    Schemas.assertRefuses(REQUEST, Json.parse("{\"op\":\"poll\"}"));
  }

  @Test
  void reply_withTheValueOfAnotherOperation_isRefused() {
    var number = Json.parse("{\"id\":1,\"ok\":\"0x1000\"}");
    Schemas.assertFits(REPLY + "#/$defs/map", number);
    Schemas.assertRefuses(REPLY + "#/$defs/access", number);
    Schemas.assertRefuses(REPLY, Json.parse("{\"id\":1,\"ok\":{},\"err\":\"EINVAL\"}"));
    Schemas.assertRefuses(REPLY, Json.parse("{\"id\":1,\"err\":\"EWRONG\"}"));
    Schemas.assertRefuses(REPLY, Json.parse("{\"id\":1}"));
  }

  @Test
  void callbackSchema_definesExactlyWhatIsAskedOfARunnerAlone() {
    Set<String> onTheWire = names(DriverCall.all());
    onTheWire.addAll(names(Operations.back()));
    String callback = "seam2-callback.schema.json";
    assertThat(members(Schemas.text(callback).at("/$defs"))).isEqualTo(onTheWire);
    assertThat(strings(Schemas.text(callback).at("/properties/op/enum"))).containsAll(onTheWire);
    assertThat(members(Schemas.text("seam2-callback-reply.schema.json").at("/$defs")))
        .containsAll(onTheWire);
  }

  @Test
  void callback_isAReadOrAWriteOfMemory() {
    String callback = "seam2-callback.schema.json";
    Schemas.assertFits(callback, Json.parse("{\"id\":1,\"op\":\"mem.read\",\"address\":\"0x8\"}"));
    Schemas.assertRefuses(
        callback, Json.parse("{\"id\":1,\"op\":\"mem.write\",\"address\":\"0x8\"}"));
    Schemas.assertRefuses(callback, Json.parse("{\"id\":1,\"op\":\"poll\"}"));
    String reply = "seam2-callback-reply.schema.json";
    Schemas.assertFits(reply + "#/$defs/mem.read", Json.parse("{\"id\":1,\"ok\":\"0x0\"}"));
    Schemas.assertRefuses(reply + "#/$defs/mem.read", Json.parse("{\"id\":1,\"ok\":{}}"));
    Schemas.assertRefuses(reply, Json.parse("{\"ok\":{}}"));
  }

  @Test
  void rid_isTakenBySchemaAndRecordAlike() {
    for (String text : List.of("01:00.0", "ff:1f.7", "01:20.0", "1:00.0", "01:00.8")) {
      var json = Json.parse("{\"id\":1,\"op\":\"probe\",\"device\":\"" + text + "\"}");
      boolean known = Stream.of(text).allMatch(SchemaTest::isRid);
      if (known) {
        Schemas.assertFits(REQUEST, json);
      } else {
        Schemas.assertRefuses(REQUEST, json);
      }
    }
  }

  private static boolean isRid(String text) {
    try {
      return Rid.parse(text).value() >= 0;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  private static Set<String> names(List<? extends Class<? extends Operation<?>>> types) {
    Set<String> names = new LinkedHashSet<>();
    for (Class<? extends Operation<?>> type : types) {
      var form = new RecordForm<>(type.asSubclass(Record.class));
      names.add(((Operation<?>) form.blank()).op());
    }
    return names;
  }

  private static Set<String> names(Enum<?>[] constants) {
    Set<String> names = new LinkedHashSet<>();
    for (Enum<?> constant : constants) {
      names.add(constant.name());
    }
    return names;
  }

  private static Set<String> dispatched(String schema) {
    Set<String> names = new LinkedHashSet<>();
    for (JsonNode branch : Schemas.text(schema).path("allOf")) {
      String op = branch.at("/if/properties/op/const").asText();
      assertThat(branch.at("/then/$ref").asText()).isEqualTo("#/$defs/" + op);
      names.add(op);
    }
    return names;
  }

  private static Set<String> members(JsonNode object) {
    Set<String> names = new LinkedHashSet<>();
    for (Iterator<String> it = object.fieldNames(); it.hasNext(); ) {
      names.add(it.next());
    }
    return names;
  }

  private static Set<String> strings(JsonNode array) {
    Set<String> strings = new LinkedHashSet<>();
    array.forEach(element -> strings.add(element.asText()));
    return strings;
  }
}
