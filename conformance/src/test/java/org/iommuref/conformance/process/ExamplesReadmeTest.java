package org.iommuref.conformance.process;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.iommuref.spec.wire.Json;
import org.iommuref.spec.wire.MessageCodec;
import org.iommuref.spec.wire.OperationCodec;
import org.junit.jupiter.api.Test;

/** The messages that the examples' README shows are messages. */
class ExamplesReadmeTest {

  private static final int SHOWN = 15;
  private static final int SHOWN_BACK = 10;

  /** Steps of programs, and operations of the core, which is ours. */
  private static final List<String> ELSEWHERE = List.of("program.", "core.");

  private final MessageSchemas schemas = new MessageSchemas();
  private final Map<Long, String> asked = new HashMap<>();
  private final Map<Long, String> askedBack = new HashMap<>();

  @Test
  void everyMessageShown_fitsItsSchema() throws IOException {
    String text = readme().replaceAll("\\R {6,}", "");
    List<String> messages =
        text.lines().filter(line -> line.startsWith("> {") || line.startsWith("< {")).toList();
    for (String message : messages) {
      boolean toChild = message.startsWith(">");
      assertThat(problems(toChild, Json.parse(message.substring(2)))).as(message).isEmpty();
    }
    assertThat(asked).hasSize(SHOWN);
    assertThat(askedBack).hasSize(SHOWN_BACK);
  }

  @Test
  void everyOperationOfTheSeam_isExplained() throws IOException {
    String text = readme();
    for (String op : OperationCodec.all().names()) {
      if (ELSEWHERE.stream().noneMatch(op::startsWith)) {
        assertThat(text).contains('`' + op + '`');
      }
    }
  }

  private List<String> problems(boolean toChild, ObjectNode message) {
    long id = MessageCodec.id(message);
    if (MessageCodec.isRequest(message)) {
      (toChild ? asked : askedBack).put(id, message.path("op").asText());
      return toChild ? schemas.problemsOfRequest(message) : schemas.problemsOfCallback(message);
    }
    return toChild
        ? schemas.problemsOfCallbackReply(askedBack.getOrDefault(id, "nothing"), message)
        : schemas.problemsOfReply(asked.getOrDefault(id, "nothing"), message);
  }

  private static String readme() throws IOException {
    return Files.readString(Path.of("examples", "README.md"));
  }
}
