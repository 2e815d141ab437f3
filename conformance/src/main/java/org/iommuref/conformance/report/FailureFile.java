package org.iommuref.conformance.report;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.iommuref.conformance.target.Layer;
import org.iommuref.conformance.target.SessionConfig;
import org.iommuref.spec.clause.ClauseId;
import org.iommuref.spec.operation.BackendOperation;
import org.iommuref.spec.operation.Operation;
import org.iommuref.spec.wire.Json;
import org.iommuref.spec.wire.OperationCodec;
import org.iommuref.spec.wire.Reset;
import org.iommuref.spec.wire.WireException;

/**
 * One failure as JSON and back: an entry of {@code report.json}, and a replay file by itself.
 *
 * <p>Its session has the members of a {@code reset}, its operations are requests of the wire; the
 * id of a request is the number of its step. Schema: {@code replay.schema.json}.
 *
 * @param failure the failure
 * @param validate whether messages of a child process are held against their schemas
 */
public record FailureFile(Failure failure, boolean validate) {

  private static final int FORMAT = 1;
  private static final OperationCodec CODEC = OperationCodec.all();

  /** The bytes of its file, as text. */
  public String text() {
    return new String(JsonText.bytes(write()), StandardCharsets.UTF_8);
  }

  /** The failure as JSON. */
  ObjectNode write() {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("format", FORMAT);
    json.put("clause", failure.clause().toString());
    json.put("title", failure.title());
    json.put("target", failure.target());
    json.put("case", failure.caseName());
    json.put("seed", Long.toString(failure.seed()));
    json.put("validate", validate);
    json.set("session", session(failure.session()));
    ArrayNode steps = json.putArray("steps");
    for (int i = 0; i < failure.steps().size(); i++) {
      steps.add(step(i));
    }
    json.put("expected", failure.expected());
    json.put("seen", failure.seen());
    json.put("why", failure.why());
    json.put("minimal", failure.minimal());
    json.put("executions", failure.executions());
    return json;
  }

  private static ObjectNode session(SessionConfig config) {
    ObjectNode json = CODEC.write(new Reset(config.topology(), config.caches(), config.seed()));
    json.remove("op");
    return json.put("layer", config.layer().name().toLowerCase(Locale.ROOT));
  }

  private ObjectNode step(int index) {
    Operation<?> operation = failure.steps().get(index);
    ObjectNode request = JsonNodeFactory.instance.objectNode();
    if (operation instanceof BackendOperation) {
      request.put("id", index + 1);
    }
    request.setAll(CODEC.write(operation));
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.set("request", request);
    if (!failure.shows().get(index).isEmpty()) {
      json.put("shows", failure.shows().get(index));
    }
    ArrayNode words = json.putArray("words");
    Words.partsOf(operation).forEach(words::add);
    return json.put("answer", failure.answers().get(index));
  }

  /**
   * Reads a replay file.
   *
   * @throws MalformedFileException if it is not one; the message is one line and does not name the
   *     file
   */
  public static FailureFile read(String text) throws MalformedFileException {
    try {
      return read(new Members(Json.parse(text), ""));
    } catch (WireException | IllegalArgumentException e) {
      throw new MalformedFileException(String.valueOf(e.getMessage()));
    }
  }

  /** The failure that an entry of {@code report.json} holds. */
  static FailureFile of(ObjectNode entry) {
    try {
      return read(new Members(entry, ""));
    } catch (MalformedFileException e) {
      throw new IllegalArgumentException("not a failure of a report", e);
    }
  }

  private static FailureFile read(Members json) throws MalformedFileException {
    if (json.number("format") != FORMAT) {
      throw new MalformedFileException("\"format\" must be " + FORMAT);
    }
    List<Operation<?>> steps = new ArrayList<>();
    List<String> shows = new ArrayList<>();
    List<String> answers = new ArrayList<>();
    for (Members step : json.objects("steps")) {
      steps.add(operation(step.object("request")));
      shows.add(step.has("shows") ? ClauseId.parse(step.text("shows")).toString() : "");
      answers.add(step.text("answer"));
    }
    Failure failure =
        new Failure(
            ClauseId.parse(json.text("clause")),
            json.text("title"),
            json.text("target"),
            json.text("case"),
            json.decimal("seed"),
            session(json.object("session")),
            steps,
            shows,
            answers,
            json.text("expected"),
            json.text("seen"),
            json.text("why"),
            json.truth("minimal"),
            json.number("executions"));
    return new FailureFile(failure, json.truth("validate"));
  }

  private static SessionConfig session(Members json) throws MalformedFileException {
    ObjectNode reset = json.node().deepCopy().put("op", "reset");
    Layer layer = layer(json);
    reset.remove("layer");
    Reset read = (Reset) CODEC.read(reset);
    return new SessionConfig(read.topology(), read.caches(), read.seed(), layer);
  }

  private static Layer layer(Members json) throws MalformedFileException {
    String name = json.text("layer");
    for (Layer layer : Layer.values()) {
      if (layer.name().toLowerCase(Locale.ROOT).equals(name)) {
        return layer;
      }
    }
    throw json.wrong("layer", "must be unit, backend, core or iommufd");
  }

  private static Operation<?> operation(Members json) throws MalformedFileException {
    ObjectNode request = json.node().deepCopy();
    request.remove("id");
    try {
      return CODEC.read(request);
    } catch (WireException e) {
      throw new MalformedFileException(json.place() + ": " + e.getMessage());
    }
  }
}
