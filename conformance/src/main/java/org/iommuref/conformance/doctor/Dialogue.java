package org.iommuref.conformance.doctor;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import org.iommuref.conformance.process.ChildProcess;
import org.iommuref.conformance.process.Deadline;
import org.iommuref.conformance.process.Output;
import org.iommuref.conformance.process.ProcessOptions;
import org.iommuref.spec.errno.Errno;
import org.iommuref.spec.operation.Operation;
import org.iommuref.spec.wire.Introduction;
import org.iommuref.spec.wire.Json;
import org.iommuref.spec.wire.MessageCodec;
import org.iommuref.spec.wire.Reset;
import org.iommuref.spec.wire.WireException;
import org.jspecify.annotations.Nullable;

/**
 * Lines to a child and lines back, each looked at by itself: where the suite gives up at the first
 * wrong line, this reads on, so that more can be said.
 */
final class Dialogue implements AutoCloseable {

  private static final int MOST_NOISE = 100;

  private final ChildProcess child;
  private final ProcessOptions options;
  private final Findings findings;
  private final Answers answers;
  private long lastId;
  private String silence = "";
  private boolean ended;

  private Dialogue(ChildProcess child, ProcessOptions options, Answers answers, Findings findings) {
    this.child = child;
    this.options = options;
    this.answers = answers;
    this.findings = findings;
  }

  /** With a new child, whose own requests are answered so. */
  static Dialogue start(
      List<String> command, ProcessOptions options, Answers answers, Findings findings)
      throws IOException {
    ChildProcess child = ChildProcess.start(command, options.lineLimit());
    return new Dialogue(child, options, answers, findings);
  }

  /** The child has said what it is. */
  void said(Introduction introduction) {
    answers.said(introduction);
  }

  /** Sends a request and returns its id. */
  long send(Operation<?> operation) {
    if (operation instanceof Reset reset) {
      answers.reset(reset);
    }
    child.send(MessageCodec.request(++lastId, operation).toString(), deadline(options.deadline()));
    return lastId;
  }

  /** Sends requests so that they arrive at once, and returns their ids. */
  List<Long> sendTogether(List<? extends Operation<?>> operations) {
    List<Long> ids = new ArrayList<>();
    List<String> lines = new ArrayList<>();
    for (Operation<?> operation : operations) {
      ids.add(++lastId);
      lines.add(MessageCodec.request(lastId, operation).toString());
    }
    child.send(String.join("\n", lines), deadline(options.deadline()));
    return ids;
  }

  /** Sends a request for an operation that there is not, and returns its id. */
  long sendUnknown(String op) {
    String line = "{\"id\":" + ++lastId + ",\"op\":\"" + op + "\"}";
    child.send(line, deadline(options.deadline()));
    return lastId;
  }

  /** The next reply, or null if none came in time; then {@link #silence} says what came instead. */
  @Nullable ObjectNode receive(Duration patience) {
    Deadline deadline = deadline(patience);
    for (int noise = 0; noise < MOST_NOISE; noise++) {
      Output output = child.receive(deadline);
      if (output == null) {
        silence = "wrote nothing within " + patience.toMillis() + " ms";
        return null;
      }
      if (output instanceof Output.Ended) {
        silence = ending();
        ended = true;
        return null;
      }
      ObjectNode reply = understand(output);
      if (reply != null) {
        return reply;
      }
    }
    silence = "wrote nothing but noise";
    return null;
  }

  /** One request and its reply within the usual time; a reply to something else is a problem. */
  @Nullable ObjectNode ask(Operation<?> operation) {
    long id = send(operation);
    ObjectNode reply = receive(options.deadline());
    if (reply != null && reply.path("id").asLong(-1) != id) {
      findings.problem(
          "It answers "
              + operation.op()
              + " with the id "
              + reply.path("id")
              + " instead of "
              + id
              + ": a reply repeats the id of its request.");
    }
    return reply;
  }

  /** What the child did instead of a reply. */
  String silence() {
    return silence;
  }

  /** Whether the child's stdout came to its end. */
  boolean hasEnded() {
    return ended;
  }

  /** Whether a reply was missing once. */
  boolean fellSilent() {
    return !silence.isEmpty();
  }

  /** Closes the child's stdin. */
  void endInput() {
    child.endInput(deadline(options.deadline()));
  }

  /** The exit code, or empty for a child that does not end in time. */
  OptionalInt awaitExit() {
    return child.awaitExit(deadline(options.deadline()));
  }

  /** The nanoseconds that a round trip takes, or a negative number if there was no reply. */
  long roundTrip(Operation<?> operation) {
    long before = options.nanoTime().getAsLong();
    return ask(operation) == null ? -1 : options.nanoTime().getAsLong() - before;
  }

  @Override
  public void close() {
    child.close();
  }

  private @Nullable ObjectNode understand(Output output) {
    if (output instanceof Output.Broken broken) {
      findings.problem(
          "It writes " + broken.problem() + " to stdout: " + Json.shorten(broken.text()));
      return null;
    }
    String line = ((Output.Line) output).text();
    try {
      ObjectNode message = Json.parse(line);
      if (!MessageCodec.isRequest(message)) {
        return message;
      }
      child.send(answer(message).toString(), deadline(options.deadline()));
    } catch (WireException e) {
      findings.problem(
          "It writes to stdout what is no message: "
              + Json.shorten(line)
              + " - stdout is for messages alone, stderr is the log.");
    }
    return null;
  }

  /** The answer to a request of the child: an error for one that is not for it to make. */
  private ObjectNode answer(ObjectNode request) {
    MessageCodec.readRequest(request); // what is no request at all is no message
    try {
      return answers.answer(request);
    } catch (WireException e) {
      findings.problem(
          "It asks for what it is not given: "
              + e.getMessage()
              + " ("
              + Json.shorten(request.toString())
              + ").");
      return request
          .objectNode()
          .put("id", MessageCodec.id(request))
          .put("err", Errno.EINVAL.name());
    }
  }

  private String ending() {
    OptionalInt code = awaitExit();
    String how = code.isPresent() ? "ended with exit code " + code.getAsInt() : "closed its stdout";
    List<String> words = child.lastWords();
    return words.isEmpty() ? how : how + "; its stderr ends: " + String.join(" | ", words);
  }

  private Deadline deadline(Duration time) {
    return Deadline.in(time, options.nanoTime());
  }
}
