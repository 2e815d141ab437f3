package org.iommuref.conformance.process;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.ValidationMessage;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Messages against the schemas of {@code spec/schemas}. */
public final class MessageSchemas {

  private static final String FOLDER = "classpath:org/iommuref/spec/schemas/";

  private final JsonSchemaFactory factory =
      JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012);
  private final Map<String, JsonSchema> loaded = new HashMap<>();

  /** What is wrong with a request of the runner, each in one line; empty if nothing is. */
  public List<String> problemsOfRequest(JsonNode message) {
    return problems(seamOf(message.path("op").asText()) + "-request.schema.json", message);
  }

  /** What is wrong with a reply to the operation of that name. */
  public List<String> problemsOfReply(String op, JsonNode message) {
    return problems(seamOf(op) + "-reply.schema.json#/$defs/" + op, message);
  }

  /** What is wrong with a request of the child. */
  public List<String> problemsOfCallback(JsonNode message) {
    return problems(seamOf(message.path("op").asText()) + "-callback.schema.json", message);
  }

  /** What is wrong with a reply of the runner to the operation of that name. */
  public List<String> problemsOfCallbackReply(String op, JsonNode message) {
    return problems(seamOf(op) + "-callback-reply.schema.json#/$defs/" + op, message);
  }

  /** The seam of an operation, as files are named; hello, reset, poll and bye are of all. */
  private static String seamOf(String op) {
    return switch (op.substring(0, Math.max(op.indexOf('.'), 0))) {
      case "unit", "ats", "prg" -> "seam1";
      case "file", "process", "user" -> "seam3";
      default -> op.equals("msi") ? "seam1" : "seam2";
    };
  }

  private List<String> problems(String schema, JsonNode message) {
    return loaded
        .computeIfAbsent(schema, name -> factory.getSchema(SchemaLocation.of(FOLDER + name)))
        .validate(message)
        .stream()
        .map(ValidationMessage::getMessage)
        .sorted()
        .toList();
  }
}
