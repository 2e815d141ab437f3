package org.iommuref.conformance.linux;

import java.io.IOException;
import java.util.function.Consumer;
import org.iommuref.spec.iommufd.ProcessId;
import org.iommuref.spec.iommufd.call.UserCall;
import org.iommuref.spec.operation.Operation;
import org.iommuref.spec.operation.Reply;
import org.iommuref.spec.wire.Json;
import org.iommuref.spec.wire.MessageCodec;
import org.jspecify.annotations.Nullable;

/** A process at the other end of a connection: it makes calls, and answers questions meanwhile. */
final class RemoteProcess implements AutoCloseable {

  private final ProcessId process;
  private final Line line;
  private final Consumer<String> log;
  private long questions;

  /** The log gets every message. */
  RemoteProcess(ProcessId process, Line line, Consumer<String> log) {
    this.process = process;
    this.line = line;
    this.log = log;
  }

  /** Which process it is. */
  ProcessId process() {
    return process;
  }

  /** The next call as a line, or null if none has come. */
  @Nullable String poll() {
    return line.poll();
  }

  /** Whether the process has ended. */
  boolean ended() {
    return line.ended();
  }

  /** Sends the reply to a call. */
  <V> void reply(long id, Operation<V> operation, Reply<V> reply) throws IOException {
    String text = MessageCodec.reply(id, operation, reply).toString();
    log.accept(process + " < " + text);
    line.send(text);
  }

  /**
   * Asks the process, which waits for the reply to a call.
   *
   * @throws GoneException if it ends instead
   */
  <V> Reply<V> ask(UserCall<V> question) {
    long id = ++questions;
    try {
      String request = MessageCodec.request(id, question).toString();
      log.accept(process + " ? " + request);
      line.send(request);
      String text = line.take();
      if (text == null) {
        throw new GoneException(process);
      }
      log.accept(process + " ! " + text);
      return MessageCodec.readReply(Json.parse(text), question);
    } catch (IOException e) {
      throw new GoneException(process);
    }
  }

  @Override
  public void close() throws IOException {
    line.close();
  }

  /** A process has ended in the middle of a call. */
  static final class GoneException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    GoneException(ProcessId process) {
      super(process + " has ended during a call");
    }
  }
}
