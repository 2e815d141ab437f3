package org.iommuref.conformance.process;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.iommuref.spec.wire.Json;
import org.jspecify.annotations.Nullable;

/**
 * A running command with lines in, lines out, and the last lines of its log.
 *
 * <p>Threads of its own read and write, so that a child that neither reads nor writes holds nobody
 * longer than the deadline. The buffers are bounded: a child that writes without end is stopped by
 * its own pipe.
 */
public final class ChildProcess implements AutoCloseable {

  private static final int BUFFERED_LINES = 1024;
  private static final int LOG_LINES = 4;
  private static final int LOG_LINE_BYTES = 1000;
  private static final long LAST_WORDS_MILLIS = 500;
  private static final long TO_DIE_MILLIS = 2000;
  private static final byte[] END_OF_INPUT = {};

  private final Process process;
  private final BlockingQueue<byte[]> toChild = new ArrayBlockingQueue<>(BUFFERED_LINES);
  private final BlockingQueue<Output> fromChild = new ArrayBlockingQueue<>(BUFFERED_LINES);
  private final Deque<String> log = new ArrayDeque<>();
  private final List<Thread> threads;
  private final Thread logReader;
  private final Thread atExit;

  private ChildProcess(Process process, int lineLimit) {
    this.process = process;
    this.logReader = new Thread(this::readLog, "child-log");
    this.threads =
        List.of(
            new Thread(this::write, "child-in"),
            new Thread(
                () -> read(new LineReader(process.getInputStream(), lineLimit)), "child-out"),
            logReader);
    this.atExit = new Thread(this::killTree, "child-kill");
  }

  /**
   * Starts a command; the first word is the program.
   *
   * @param lineLimit the longest line taken from its stdout, in bytes
   * @throws IOException if the program cannot be started, or this process is ending
   */
  public static ChildProcess start(List<String> command, int lineLimit) throws IOException {
    Process process = new ProcessBuilder(command).start();
    ChildProcess child = new ChildProcess(process, lineLimit);
    try {
      Runtime.getRuntime().addShutdownHook(child.atExit);
    } catch (IllegalStateException e) {
      child.killTree();
      throw new IOException("this process is ending", e);
    }
    for (Thread thread : child.threads) {
      thread.setDaemon(true);
      thread.start();
    }
    return child;
  }

  /** Queues a line for the child's stdin. Returns false if there was no room until the deadline. */
  public boolean send(String line, Deadline deadline) {
    return queue((line + '\n').getBytes(StandardCharsets.UTF_8), deadline);
  }

  /** Closes the child's stdin behind what was sent. */
  public void endInput(Deadline deadline) {
    queue(END_OF_INPUT, deadline);
  }

  /** What comes next from the child's stdout, or null if nothing came until the deadline. */
  public @Nullable Output receive(Deadline deadline) {
    try {
      return fromChild.poll(deadline.remainingNanos(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return null;
    }
  }

  /** Waits for the child's end. Returns its exit code, or empty if it lives on. */
  public OptionalInt awaitExit(Deadline deadline) {
    try {
      return process.waitFor(deadline.remainingNanos(), TimeUnit.NANOSECONDS)
          ? OptionalInt.of(process.exitValue())
          : OptionalInt.empty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return OptionalInt.empty();
    }
  }

  /** Whether the child runs. */
  public boolean isAlive() {
    return process.isAlive();
  }

  /** The last lines of the child's stderr, oldest first. Of a child that has ended: all of them. */
  public List<String> lastWords() {
    try {
      if (!process.isAlive()) {
        logReader.join(LAST_WORDS_MILLIS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    synchronized (log) {
      return List.copyOf(log);
    }
  }

  /** Kills the child and all that it has started, and waits until the child is gone. */
  @Override
  public void close() {
    killTree();
    threads.forEach(Thread::interrupt);
    try {
      process.waitFor(TO_DIE_MILLIS, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    try {
      Runtime.getRuntime().removeShutdownHook(atExit);
    } catch (IllegalStateException e) {
      return; // this process ends already, and the hook with it
    }
  }

  private void killTree() {
    try (Stream<ProcessHandle> descendants = process.descendants()) {
      descendants.toList().forEach(ProcessHandle::destroyForcibly);
    }
    process.destroyForcibly();
  }

  private boolean queue(byte[] bytes, Deadline deadline) {
    try {
      return toChild.offer(bytes, deadline.remainingNanos(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private void write() {
    try (OutputStream out = new BufferedOutputStream(process.getOutputStream())) {
      while (true) {
        byte[] line = toChild.poll();
        if (line == null) {
          out.flush();
          line = toChild.take();
        }
        if (line == END_OF_INPUT) {
          return;
        }
        out.write(line);
      }
    } catch (IOException e) {
      toChild.clear(); // the child has closed its stdin; its stdout tells the rest
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void read(LineReader lines) {
    try {
      Output output;
      do {
        output = next(lines);
        fromChild.put(output);
      } while (!(output instanceof Output.Ended));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void readLog() {
    LineReader lines = new LineReader(process.getErrorStream(), LOG_LINE_BYTES);
    Output output = next(lines);
    while (!(output instanceof Output.Ended)) {
      String text =
          output instanceof Output.Line line ? line.text() : ((Output.Broken) output).text();
      synchronized (log) {
        log.addLast(Json.shorten(text.strip()));
        if (log.size() > LOG_LINES) {
          log.removeFirst();
        }
      }
      output = next(lines);
    }
  }

  private static Output next(LineReader lines) {
    try {
      return lines.next();
    } catch (IOException e) {
      return new Output.Ended(); // the stream is closed under the reader when the child is killed
    }
  }
}
