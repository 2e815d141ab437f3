package org.iommuref.conformance.process;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.iommuref.spec.errno.Result.Done;
import org.iommuref.spec.operation.Operation;
import org.iommuref.spec.operation.Reply;
import org.iommuref.spec.wire.Bye;
import org.iommuref.spec.wire.Hello;
import org.iommuref.spec.wire.Introduction;
import org.iommuref.spec.wire.Json;
import org.iommuref.spec.wire.MessageCodec;
import org.iommuref.spec.wire.Poll;
import org.iommuref.spec.wire.Reset;
import org.iommuref.spec.wire.WireException;

/** The adapter's end of the wire, on stdin and stdout; it is the same at every seam. */
final class AdapterEnd {

  /** What an adapter serves. */
  interface Served {
    /** The answer to hello. */
    Introduction introduction();

    /** Back to the state after power-on. */
    void reset(Reset reset);

    /** Whatever the seam has of its own. */
    <V> Reply<V> answer(Operation<V> operation);
  }

  private final BufferedReader in =
      new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
  private final PrintStream out = new PrintStream(System.out, false, StandardCharsets.UTF_8);
  private long questions;

  /** Serves until bye or the end of stdin. */
  void serve(Served served) throws IOException {
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      ObjectNode message = Json.parse(line);
      if (!MessageCodec.isRequest(message)) {
        continue; // an event is kept: nobody waits for that
      }
      try {
        MessageCodec.Request request = MessageCodec.readRequest(message);
        say(reply(served, request.id(), request.operation()));
        if (request.operation() instanceof Bye) {
          return;
        }
      } catch (WireException e) {
        Reply<Done> reply = new Reply.Unsupported<>(Objects.toString(e.getMessage()));
        say(MessageCodec.reply(MessageCodec.id(message), new Poll(), reply));
      }
    }
  }

  /** Asks the runner, and waits for the answer. */
  <V> Reply<V> ask(Operation<V> question) {
    long id = tell(question);
    try {
      ObjectNode message = Json.parse(in.readLine());
      while (MessageCodec.id(message) != id) {
        message = Json.parse(in.readLine());
      }
      return MessageCodec.readReply(message, question);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Says something to the runner. Returns its number. */
  long tell(Operation<?> event) {
    say(MessageCodec.request(++questions, event));
    return questions;
  }

  private void say(ObjectNode message) {
    out.print(message + "\n");
    out.flush();
  }

  private static <V> ObjectNode reply(Served served, long id, Operation<V> operation) {
    return MessageCodec.reply(id, operation, answer(served, operation));
  }

  private static <V> Reply<V> answer(Served served, Operation<V> operation) {
    if (operation instanceof Hello) {
      return Reply.ok(operation.yields().cast(served.introduction()));
    } else if (operation instanceof Reset reset) {
      served.reset(reset);
    } else if (!(operation instanceof Poll || operation instanceof Bye)) {
      return served.answer(operation);
    }
    return Reply.ok(operation.yields().cast(Done.DONE));
  }
}
