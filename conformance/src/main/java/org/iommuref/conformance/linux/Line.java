package org.iommuref.conformance.linux;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** A connection as lines of text, read without waiting or with. */
final class Line implements AutoCloseable {

  private static final int ROOM = 1 << 16;

  private final SocketChannel channel;
  private final Selector turns;
  private ByteBuffer in = ByteBuffer.allocate(ROOM).flip();
  private boolean ended;

  /** Takes over a channel, which does not block from now on. */
  Line(SocketChannel channel) throws IOException {
    this.channel = channel;
    channel.configureBlocking(false);
    this.turns = Selector.open();
    channel.register(turns, SelectionKey.OP_READ);
  }

  /** The channel, for a selector of many. */
  SocketChannel channel() {
    return channel;
  }

  /** Whether the other end is closed and all its lines are read. */
  boolean ended() {
    return ended;
  }

  /** The next line, or null if none is there yet, or ever. */
  @Nullable String poll() {
    String line = cut(0);
    while (line == null && !ended) {
      int seen = in.remaining();
      if (!fill()) {
        return null;
      }
      line = cut(seen);
    }
    return line;
  }

  /** The next line, waiting for it; null if the other end is closed. */
  @Nullable String take() throws IOException {
    String line = poll();
    while (line == null && !ended) {
      turns.select();
      turns.selectedKeys().clear();
      line = poll();
    }
    return line;
  }

  /** Sends a line. A closed other end shows when the next one is read. */
  void send(String line) throws IOException {
    ByteBuffer out = ByteBuffer.wrap((line + '\n').getBytes(StandardCharsets.UTF_8));
    try {
      while (out.hasRemaining()) {
        if (channel.write(out) == 0) {
          awaitRoom();
        }
      }
    } catch (IOException e) {
      ended = true;
    }
  }

  /** Sends one byte if there is room. */
  void mark() {
    try {
      channel.write(ByteBuffer.wrap(new byte[] {1}));
    } catch (IOException e) {
      ended = true;
    }
  }

  @Override
  public void close() throws IOException {
    turns.close();
    channel.close();
  }

  private void awaitRoom() throws IOException {
    SelectionKey key = channel.keyFor(turns);
    key.interestOps(SelectionKey.OP_WRITE);
    turns.select();
    turns.selectedKeys().clear();
    key.interestOps(SelectionKey.OP_READ);
  }

  /** Reads what is there behind what is known. Returns whether anything came. */
  private boolean fill() {
    in.compact();
    if (!in.hasRemaining()) {
      in = ByteBuffer.allocate(in.capacity() * 2).put(in.flip());
    }
    int count;
    try {
      count = channel.read(in);
    } catch (IOException e) {
      count = -1;
    }
    in.flip();
    ended |= count < 0;
    return count > 0;
  }

  /** Cuts a line off what is there, of which so many bytes are known to hold no end. */
  private @Nullable String cut(int seen) {
    for (int i = in.position() + seen; i < in.limit(); i++) {
      if (in.get(i) == '\n') {
        String line =
            new String(in.array(), in.position(), i - in.position(), StandardCharsets.UTF_8);
        in.position(i + 1);
        return line;
      }
    }
    return null;
  }
}
