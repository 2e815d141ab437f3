package org.iommuref.conformance.linux;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import org.iommuref.spec.errno.Result.Done;
import org.iommuref.spec.iommufd.FileId;
import org.iommuref.spec.iommufd.IommufdKernel;
import org.iommuref.spec.iommufd.Processes;
import org.iommuref.spec.iommufd.call.FileCall;
import org.iommuref.spec.operation.Operation;
import org.iommuref.spec.operation.Reply;
import org.iommuref.spec.wire.Json;
import org.iommuref.spec.wire.MessageCodec;
import org.iommuref.spec.wire.WireException;
import org.jspecify.annotations.Nullable;

/**
 * Serves one implementation of seam 3 to any number of processes over a Unix domain socket.
 *
 * <p>Calls run one after another, in the order in which they come: an implementation need not be
 * made for threads. Before each call the ends of processes and of last descriptors that have
 * happened so far are told to the implementation, so a program that has closed a file finds it
 * closed.
 */
public final class ProgramServer implements AutoCloseable {

  private final ServerSocketChannel door;
  private final Selector selector = Selector.open();
  private final ProgramProcesses processes = new ProgramProcesses();
  private final IommufdKernel kernel;
  private final ServedFiles files;
  private final CallHandler handler;
  private final Consumer<String> log;
  private final Set<Line> strangers = new LinkedHashSet<>();
  private final Set<RemoteProcess> programs = new LinkedHashSet<>();
  private final Map<Line, FileId> holders = new LinkedHashMap<>();
  private final List<String> exceptions = new ArrayList<>();
  private volatile boolean closing;

  /**
   * Listens at a path; {@link #run} serves.
   *
   * @param log gets every message, as the text of a line
   */
  public ProgramServer(Path path, Function<Processes, IommufdKernel> kernel, Consumer<String> log)
      throws IOException {
    this.door = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    this.log = log;
    this.kernel = kernel.apply(processes);
    this.files = new ServedFiles(this.kernel.iommufd(), processes::isWithdrawn);
    this.handler = new CallHandler(this.kernel, processes, files);
    door.bind(UnixDomainSocketAddress.of(path), 1024);
    door.configureBlocking(false);
    door.register(selector, SelectionKey.OP_ACCEPT);
  }

  /** Serves until {@link #stop}. */
  public void run() throws IOException {
    while (!closing) {
      selector.select();
      selector.selectedKeys().clear();
      takeNews();
      for (RemoteProcess program : List.copyOf(programs)) {
        String text = program.poll();
        if (text != null) {
          takeNews();
          handle(program, text);
          selector.wakeup(); // a line that is read but not handled does not show in the selector
        }
      }
    }
  }

  /** What the implementation threw instead of an answer, in order; empty for a sound one. */
  public List<String> exceptions() {
    synchronized (exceptions) {
      return List.copyOf(exceptions);
    }
  }

  /** Lets {@link #run} return. */
  public void stop() {
    closing = true;
    selector.wakeup();
  }

  @Override
  public void close() throws IOException {
    stop();
    door.close();
  }

  /** New connections first, then ended processes, then closed files: Linux's order at an exit. */
  private void takeNews() throws IOException {
    for (SocketChannel channel = accept(); channel != null; channel = accept()) {
      Line line = new Line(channel);
      strangers.add(line);
      channel.register(selector, SelectionKey.OP_READ);
    }
    for (Line stranger : List.copyOf(strangers)) {
      String text = stranger.poll();
      if (text != null) {
        strangers.remove(stranger);
        introduce(stranger, text);
      } else if (stranger.ended()) {
        strangers.remove(stranger);
        stranger.close();
      }
    }
    for (RemoteProcess program : List.copyOf(programs)) {
      if (program.ended()) {
        end(program);
      }
    }
    for (Map.Entry<Line, FileId> holder : List.copyOf(holders.entrySet())) {
      holder.getKey().poll();
      if (holder.getKey().ended()) {
        holders.remove(holder.getKey());
        holder.getKey().close();
        log.accept(holder.getValue() + " closed");
        guard(() -> files.released(holder.getValue()));
      }
    }
  }

  private @Nullable SocketChannel accept() throws IOException {
    return closing ? null : door.accept();
  }

  private void introduce(Line line, String text) throws IOException {
    MessageCodec.Request request = read(text);
    if (request != null && request.operation() instanceof FileCall.Join join) {
      RemoteProcess program = new RemoteProcess(join.process(), line, log);
      programs.add(program);
      processes.started(join.process());
      program.reply(request.id(), join, Reply.ok(Done.DONE));
    } else if (request != null && request.operation() instanceof FileCall.Hold hold) {
      holders.put(line, hold.file());
      files.held(hold.file(), line);
    } else {
      line.close();
    }
  }

  private void end(RemoteProcess program) throws IOException {
    programs.remove(program);
    program.close();
    log.accept(program.process() + " ended");
    processes.ended(program.process());
    guard(() -> kernel.iommufd().exited(program.process()));
    guard(() -> files.ended(program.process()));
  }

  private void handle(RemoteProcess program, String text) throws IOException {
    log.accept(program.process() + " > " + text);
    MessageCodec.Request request = read(text);
    if (request == null || !(request.operation() instanceof FileCall<?> call)) {
      program.close();
      return;
    }
    processes.serve(program);
    Reply<?> reply;
    try {
      reply = handler.handle(program.process(), call);
      files.mark();
    } catch (RemoteProcess.GoneException e) {
      return; // takeNews sees the end of the process
    } catch (RuntimeException e) {
      reply = new Reply.Unsupported<>(record(e));
    } finally {
      processes.served();
    }
    reply(program, request.id(), call, reply);
  }

  @SuppressWarnings("unchecked") // the handler answers a call with what the call yields
  private static <V> void reply(RemoteProcess program, long id, Operation<V> call, Reply<?> reply)
      throws IOException {
    program.reply(id, call, (Reply<V>) reply);
  }

  private void guard(Runnable news) {
    try {
      news.run();
    } catch (RuntimeException e) {
      record(e);
    }
  }

  private String record(RuntimeException e) {
    StackTraceElement[] trace = e.getStackTrace();
    String text = e + (trace.length == 0 ? "" : " at " + trace[0]);
    log.accept("exception " + text);
    for (StackTraceElement element : trace) {
      log.accept("    at " + element);
    }
    synchronized (exceptions) {
      exceptions.add(text);
    }
    return text;
  }

  private MessageCodec.@Nullable Request read(String text) {
    try {
      return MessageCodec.readRequest(Json.parse(text));
    } catch (WireException e) {
      log.accept("malformed: " + e.getMessage());
      return null;
    }
  }
}
