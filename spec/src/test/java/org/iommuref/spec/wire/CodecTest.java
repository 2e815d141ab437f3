package org.iommuref.spec.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.iommuref.spec.access.AccessOutcome;
import org.iommuref.spec.access.DeviceAccess;
import org.iommuref.spec.access.Iova;
import org.iommuref.spec.access.Pasid;
import org.iommuref.spec.access.Rid;
import org.iommuref.spec.backend.DomainId;
import org.iommuref.spec.backend.Prot;
import org.iommuref.spec.errno.Errno;
import org.iommuref.spec.errno.Result.Done;
import org.iommuref.spec.memory.PhysAddr;
import org.iommuref.spec.operation.Access;
import org.iommuref.spec.operation.Attach;
import org.iommuref.spec.operation.MapPages;
import org.iommuref.spec.operation.Operation;
import org.iommuref.spec.operation.Reply;
import org.iommuref.spec.operation.Sync;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Messages as text and back. */
class CodecTest {

  private static final Rid DEVICE = Rid.parse("01:00.0");
  private static final MapPages MAP =
      new MapPages(
          new DomainId(1), new Iova(0x4000), new PhysAddr(-4096), 4096, 2, Prot.READ_WRITE);

  @Provide
  Arbitrary<Operation<?>> operations() {
    return Specimens.operations();
  }

  @Property
  void everyOperation_survivesTheWire_andFitsItsSchema(
      @ForAll("operations") Operation<?> operation) {
    if (neverTravels(operation)) {
      Schemas.assertFits(
          Specimens.requestSchema(operation.op()), OperationCodec.all().write(operation));
    } else {
      Schemas.assertFits(
          Specimens.requestSchema(operation.op()), MessageCodec.request(7, operation));
    }
    String line = MessageCodec.request(7, operation).toString();
    assertThat(line).doesNotContain("\n");
    assertThat(MessageCodec.readRequest(Json.parse(line)))
        .isEqualTo(new MessageCodec.Request(7, operation));
  }

  @Property
  void everyReply_survivesTheWire_andFitsItsSchema(
      @ForAll("operations") Operation<?> operation, @ForAll Errno errno) {
    checkReplies(operation, errno);
  }

  private static <V> void checkReplies(Operation<V> operation, Errno errno) {
    V value = operation.yields().cast(Specimens.arbitrary(operation.yields()).sample());
    checkReply(operation, Reply.ok(value));
    checkReply(operation, new Reply.Err<>(errno, null));
    checkReply(operation, new Reply.Unsupported<>("not \"here\""));
    if (value instanceof Long) {
      checkReply(operation, new Reply.Err<>(errno, value));
    }
  }

  /** What replay files alone hold. */
  private static boolean neverTravels(Operation<?> operation) {
    return operation.op().startsWith("core.") || operation.op().startsWith("program.");
  }

  private static <V> void checkReply(Operation<V> operation, Reply<V> reply) {
    var message = MessageCodec.reply(9, operation, reply);
    if (!neverTravels(operation)) {
      String schema =
          Specimens.requestSchema(operation.op())
              .replace("-request.", "-reply.")
              .replace("-callback.", "-callback-reply.");
      Schemas.assertFits(schema, message);
      Schemas.assertFits(schema + "#/$defs/" + operation.op(), message);
    }
    var received = Json.parse(message.toString());
    assertThat(MessageCodec.id(received)).isEqualTo(9);
    assertThat(MessageCodec.isRequest(received)).isFalse();
    assertThat(MessageCodec.readReply(received, operation)).isEqualTo(reply);
  }

  @Test
  void numbersOf64Bits_areUnsignedHexStrings() {
    assertThat(MessageCodec.request(7, MAP))
        .hasToString(
            "{\"id\":7,\"op\":\"map\",\"domain\":1,\"iova\":\"0x4000\","
                + "\"paddr\":\"0xfffffffffffff000\",\"page_size\":\"0x1000\",\"count\":\"0x2\","
                + "\"prot\":\"rw\"}");
  }

  @Test
  void access_isWrittenInLine_andLeavesOutThePasidThatItDoesNotCarry() {
    DeviceAccess write = DeviceAccess.write(DEVICE, new Iova(0x4008), 0x2a);
    assertThat(MessageCodec.request(8, new Access(write)))
        .hasToString(
            "{\"id\":8,\"op\":\"access\",\"rid\":\"01:00.0\",\"iova\":\"0x4008\","
                + "\"kind\":\"write\",\"value\":\"0x2a\"}");
    assertThat(MessageCodec.request(8, new Access(write.with(new Pasid(0)))).path("pasid").asInt(9))
        .isZero();
  }

  @Test
  void replies_haveOneOfThreeForms() {
    assertThat(MessageCodec.reply(7, MAP, new Reply.Err<>(Errno.EADDRINUSE, 0x1000L)))
        .hasToString("{\"id\":7,\"err\":\"EADDRINUSE\",\"partial\":\"0x1000\"}");
    assertThat(MessageCodec.reply(7, new Sync(new DomainId(1), 0), Reply.ok(Done.DONE)))
        .hasToString("{\"id\":7,\"ok\":{}}");
    assertThat(MessageCodec.reply(7, MAP, new Reply.Unsupported<>("no tables")))
        .hasToString("{\"id\":7,\"unsupported\":\"no tables\"}");
    Access read = new Access(DeviceAccess.read(DEVICE, new Iova(0)));
    assertThat(MessageCodec.reply(7, read, Reply.ok(AccessOutcome.completed(1))))
        .hasToString("{\"id\":7,\"ok\":{\"outcome\":\"completed\",\"data\":\"0x1\"}}");
    assertThat(MessageCodec.reply(7, read, Reply.ok(AccessOutcome.blocked())))
        .hasToString("{\"id\":7,\"ok\":{\"outcome\":\"blocked\"}}");
  }

  @Test
  void reply_thatWasLost_isNeverSent() {
    Reply<Long> lost = new Reply.Lost<>(Reply.Loss.CRASH, "gone");
    assertThatThrownBy(() -> MessageCodec.reply(1, MAP, lost))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void nullableArgument_mayBeNullOrAbsent() {
    Attach first = new Attach(DEVICE, new DomainId(2), null);
    assertThat(MessageCodec.request(1, first).has("old")).isFalse();
    String line = "{\"id\":1,\"op\":\"attach\",\"device\":\"01:00.0\",\"domain\":2,\"old\":null}";
    assertThat(MessageCodec.readRequest(Json.parse(line)).operation()).isEqualTo(first);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      value = {
        "{'id':1}|\"op\" is missing",
        "{'op':'poll'}|\"id\" is missing",
        "{'id':'x','op':'poll'}|\"id\" is missing",
        "{'id':1,'op':'fly'}|no operation is called \"fly\"",
        "{'id':1,'op':'poll','now':1}|poll: has no \"now\"",
        "{'id':1,'op':'sync','domain':1}|sync: \"gather\" is missing",
        "{'id':1,'op':'sync','domain':null,'gather':1}|sync.domain: expected a whole number",
        "{'id':1,'op':'sync','domain':1.5,'gather':1}|sync.domain: expected a whole number",
        "{'id':1,'op':'probe','device':'1:0.0'}|probe.device: not a requester id",
        "{'id':1,'op':'mem.read','address':4096}|mem.read.address: expected a hex string",
        "{'id':1,'op':'mem.read','address':'1000'}|mem.read.address: expected a hex string",
        "{'id':1,'op':'mem.read','address':'0x10000000000000000'}|expected a hex string",
        "{'id':1,'op':'domain.alloc','domain':1,'type':'PAGING'}|expected one of \"blocked\"",
        "{'id':1,'op':'pasid.remove','device':'01:00.0','pasid':1048576,'old':1}|20 bits",
        "[1]|not a JSON object: [1]",
        "{'id':1,'id':2}|not a JSON object",
        "{} {}|not a JSON object",
        "mapping page 4|not a JSON object: mapping page 4"
      })
  void whatIsNoRequest_isRefusedWithItsPlace(String text, String problem) {
    String line = text.replace('\'', '"');
    assertThatThrownBy(() -> MessageCodec.readRequest(Json.parse(line)))
        .isInstanceOf(WireException.class)
        .hasMessageContaining(problem);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      value = {
        "{'id':1}|map: expected one of \"ok\", \"err\", \"unsupported\"",
        "{'id':1,'ok':'0x0','err':'EINVAL'}|map: expected one of",
        "{'id':1,'ok':{}}|map.ok: expected a hex string",
        "{'id':1,'err':'EWRONG'}|map.err: expected one of \"EPERM\"",
        "{'id':1,'err':'EINVAL','partial':1}|map.partial: expected a hex string",
        "{'id':1,'unsupported':1}|map.unsupported: expected a string"
      })
  void whatIsNoReply_isRefusedWithItsPlace(String text, String problem) {
    var message = Json.parse(text.replace('\'', '"'));
    assertThatThrownBy(() -> MessageCodec.readReply(message, MAP))
        .isInstanceOf(WireException.class)
        .hasMessageContaining(problem);
  }

  @Test
  void quotedText_isShortAndOnOneLine() {
    String noise = "a\tb" + "x".repeat(500);
    assertThat(Json.shorten(noise)).startsWith("a b").hasSize(123).endsWith("...");
    assertThat(Json.shorten("a\tb\u0000")).isEqualTo("a b\uFFFD");
    assertThat(Json.shorten("short")).isEqualTo("short");
  }
}
