package org.iommuref.model.iommufd.pages;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Frames by the index of their page; sparse. */
final class FrameTable {

  static final long NONE = -1;

  private static final int CHUNK_SHIFT = 6;
  private static final int CHUNK = 1 << CHUNK_SHIFT;

  private final Map<Long, Chunk> chunks = new HashMap<>();
  private long lastKey = -1;
  private @Nullable Chunk last;

  private static final class Chunk {
    private final long[] frames = new long[CHUNK];
    private int used;

    private Chunk() {
      Arrays.fill(frames, NONE);
    }
  }

  /** The frame of a page, or {@link #NONE}. */
  long get(long index) {
    Chunk chunk = chunk(index >>> CHUNK_SHIFT);
    return chunk == null ? NONE : chunk.frames[(int) (index & (CHUNK - 1))];
  }

  void put(long index, long frame) {
    long key = index >>> CHUNK_SHIFT;
    Chunk chunk = chunks.computeIfAbsent(key, missing -> new Chunk());
    chunk.frames[(int) (index & (CHUNK - 1))] = frame;
    chunk.used++;
  }

  /** Takes the frame of a page out; {@link #NONE} if there is none. */
  long remove(long index) {
    long key = index >>> CHUNK_SHIFT;
    Chunk chunk = chunk(key);
    if (chunk == null) {
      return NONE;
    }
    int at = (int) (index & (CHUNK - 1));
    long frame = chunk.frames[at];
    if (frame != NONE) {
      chunk.frames[at] = NONE;
      chunk.used--;
      if (chunk.used == 0) {
        chunks.remove(key);
        lastKey = -1;
      }
    }
    return frame;
  }

  /** How many pages have a frame. */
  long size() {
    long size = 0;
    for (Chunk chunk : chunks.values()) {
      size += chunk.used;
    }
    return size;
  }

  boolean isEmpty() {
    return chunks.isEmpty();
  }

  private @Nullable Chunk chunk(long key) {
    if (key == lastKey) {
      return last;
    }
    Chunk chunk = chunks.get(key);
    if (chunk != null) {
      lastKey = key;
      last = chunk;
    }
    return chunk;
  }
}
