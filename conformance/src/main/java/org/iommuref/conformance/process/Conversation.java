package org.iommuref.conformance.process;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.function.UnaryOperator;
import org.iommuref.spec.operation.Operation;
import org.iommuref.spec.operation.Reply;
import org.iommuref.spec.operation.Reply.Loss;
import org.iommuref.spec.wire.Bye;
import org.iommuref.spec.wire.Hello;
import org.iommuref.spec.wire.Introduction;
import org.iommuref.spec.wire.Json;
import org.iommuref.spec.wire.MessageCodec;
import org.iommuref.spec.wire.RamOwner;
import org.iommuref.spec.wire.Reset;
import org.iommuref.spec.wire.WireException;
import org.jspecify.annotations.Nullable;

/**
 * Requests and replies with one living child, from {@code hello} to {@code bye}.
 *
 * <p>Replies come in the order of the requests. The first one that is late, missing or wrong ends
 * the conversation: the child is killed, and every further request is answered with the same loss.
 */
final class Conversation implements AutoCloseable {

  private final ChildProcess child;
  private final ProcessOptions options;
  private final @Nullable MessageSchemas schemas;
  private final Deque<Sent<?>> pending = new ArrayDeque<>();
  private Duration patience;
  private long lastId;
  private int window = 1;
  private int lineLimit = Hello.LEAST_LINE_LIMIT;
  private @Nullable Surroundings surroundings;
  private @Nullable UnaryOperator<ObjectNode> questions;
  private Reply.@Nullable Lost<?> lost;
  private boolean closed;

  /** A request that waits for its reply; one that is too long for the child is not sent. */
  private record Sent<V>(long id, Operation<V> operation, boolean tooLong) {}

  private Conversation(ChildProcess child, ProcessOptions options) {
    this.child = child;
    this.options = options;
    this.patience = options.startDeadline();
    this.schemas = options.validate() ? new MessageSchemas() : null;
  }

  /** Starts the command; nothing is said yet. */
  static Conversation start(List<String> command, ProcessOptions options) throws IOException {
    return new Conversation(ChildProcess.start(command, options.lineLimit()), options);
  }

  /** Says hello at a seam, and agrees on a window and on who holds the memory. */
  Reply<Introduction> hello(int seam) {
    Reply<Introduction> reply =
        ask(new Hello(Hello.PROTOCOL, seam, options.window(), options.lineLimit()));
    if (reply instanceof Reply.Ok<Introduction> ok) {
      patience = options.deadline();
      window = Math.min(options.window(), ok.value().window());
      lineLimit = ok.value().lineLimit();
      surroundings = surroundings(ok.value());
    }
    return reply;
  }

  private static @Nullable Surroundings surroundings(Introduction said) {
    if (said.seam() == Hello.UNIT_SEAM) {
      return new UnitSurroundings(said.ram());
    }
    if (said.role().equals(Introduction.DRIVER_ROLE)) {
      return DriverSurroundings.of(said).orElse(null);
    }
    boolean asks = said.seam() == Hello.BACKEND_SEAM && said.ram() == RamOwner.RUNNER;
    return asks ? new RunnerMemory() : null;
  }

  /** From now on what the child asks at seam 3 is answered so. */
  void answerBy(UnaryOperator<ObjectNode> answers) {
    questions = answers;
  }

  /** Whether the conversation has ended in a loss. */
  boolean isLost() {
    return lost != null;
  }

  /** One request and its reply. */
  <V> Reply<V> ask(Operation<V> operation) {
    Surroundings here = keeping(operation);
    return here == null ? receive(send(operation)) : here.execute(operation);
  }

  /** Requests in a row, as many without reply as the window admits, and the replies in order. */
  List<Reply<?>> askAll(List<? extends Operation<?>> operations) {
    List<Reply<?>> replies = new ArrayList<>(operations.size());
    for (Operation<?> operation : operations) {
      if (keeping(operation) != null) {
        receiveUntil(0, replies); // what was sent before may still ask, or tell
        replies.add(ask(operation));
        continue;
      }
      if (pending.size() == window) {
        receiveUntil(window / 2, replies); // half of it at once: fewer turns of the threads
      }
      pending.add(send(operation));
    }
    receiveUntil(0, replies);
    return replies;
  }

  /** Says bye, once, and waits for the child's end; a child that does not end is killed. */
  @Override
  public void close() {
    if (closed) {
      return;
    }
    closed = true;
    if (lost == null && ask(new Bye()) instanceof Reply.Ok) {
      child.endInput(deadline());
      child.awaitExit(deadline());
    }
    child.close();
  }

  /** What executes the operation here, or null for one that travels. */
  private @Nullable Surroundings keeping(Operation<?> operation) {
    Surroundings here = surroundings;
    return here != null && lost == null && here.holds(operation) ? here : null;
  }

  private <V> Sent<V> send(Operation<V> operation) {
    ObjectNode message = MessageCodec.request(++lastId, operation);
    String line = message.toString();
    boolean tooLong = line.getBytes(StandardCharsets.UTF_8).length > lineLimit;
    if (lost == null && !tooLong) {
      if (schemas != null) {
        requireFit(schemas.problemsOfRequest(message), line);
      }
      if (operation instanceof Reset reset && surroundings != null) {
        surroundings = surroundings.afresh(reset);
      }
      if (!child.send(line, deadline())) {
        lose(Loss.TIMEOUT, "does not read its stdin: no room for " + operation.op());
      }
    }
    return new Sent<>(lastId, operation, tooLong);
  }

  private void receiveUntil(int left, List<Reply<?>> replies) {
    while (pending.size() > left) {
      replies.add(receive(pending.remove()));
    }
  }

  private <V> Reply<V> receive(Sent<V> sent) {
    if (sent.tooLong() && lost == null) {
      return new Reply.Unsupported<>("the request is longer than the child's line_limit");
    }
    Deadline deadline = deadline();
    Reply<V> reply = null;
    while (reply == null && lost == null) {
      Output output = child.receive(deadline);
      if (output instanceof Output.Line line) {
        reply = understand(line.text(), sent);
      } else if (output instanceof Output.Broken broken) {
        lose(Loss.MALFORMED, broken.problem() + ": " + Json.shorten(broken.text()));
      } else {
        loseSilent(sent.operation(), output != null);
      }
    }
    return reply != null ? reply : loss();
  }

  /** The reply in a line, or null if it was a request of the child or the conversation is lost. */
  private <V> @Nullable Reply<V> understand(String line, Sent<V> sent) {
    try {
      ObjectNode message = Json.parse(line);
      if (MessageCodec.isRequest(message)) {
        answer(message);
        return null;
      }
      long id = MessageCodec.id(message);
      if (id != sent.id()) {
        throw new WireException("id " + id + " where the reply to id " + sent.id() + " is due");
      }
      if (schemas != null) {
        requireFitOf(schemas.problemsOfReply(sent.operation().op(), message));
      }
      return MessageCodec.readReply(message, sent.operation());
    } catch (WireException e) {
      String problem = Objects.toString(e.getMessage());
      String quoted = Json.shorten(line);
      lose(Loss.MALFORMED, problem.contains(quoted) ? problem : problem + ", in " + quoted);
      return null;
    }
  }

  private void answer(ObjectNode request) {
    UnaryOperator<ObjectNode> answers = surroundings != null ? surroundings::answer : questions;
    if (answers == null) {
      throw new WireException("a request from a child whose ram is not \"runner\"");
    }
    if (schemas != null) {
      requireFitOf(schemas.problemsOfCallback(request));
    }
    ObjectNode reply = answers.apply(request);
    if (schemas != null) {
      requireFit(
          schemas.problemsOfCallbackReply(request.path("op").asText(), reply), reply.toString());
    }
    if (!child.send(reply.toString(), deadline())) {
      lose(Loss.TIMEOUT, "does not read the replies to its own requests");
    }
  }

  private void loseSilent(Operation<?> operation, boolean ended) {
    if (ended || !child.isAlive()) {
      OptionalInt code = child.awaitExit(deadline());
      String how =
          code.isPresent() ? "ended with exit code " + code.getAsInt() : "closed its stdout";
      lose(Loss.CRASH, how + " before its reply to " + operation.op() + lastWords());
    } else {
      lose(
          Loss.TIMEOUT,
          "no reply to " + operation.op() + " within " + patience.toMillis() + " ms" + lastWords());
    }
  }

  private String lastWords() {
    List<String> words = child.lastWords();
    return words.isEmpty() ? "" : "; its stderr ends: " + String.join(" | ", words);
  }

  private void lose(Loss loss, String detail) {
    lost = new Reply.Lost<>(loss, detail);
    child.close();
  }

  private <V> Reply<V> loss() {
    if (lost == null) {
      throw new IllegalStateException("nothing is lost");
    }
    return new Reply.Lost<>(lost.loss(), lost.detail());
  }

  private Deadline deadline() {
    return Deadline.in(patience, options.nanoTime());
  }

  private static void requireFitOf(List<String> problems) {
    if (!problems.isEmpty()) {
      throw new WireException("does not fit its schema: " + String.join("; ", problems));
    }
  }

  private static void requireFit(List<String> problems, String line) {
    if (!problems.isEmpty()) {
      throw new IllegalStateException(
          "a message of the runner does not fit its schema: " + line + ": " + problems);
    }
  }
}
