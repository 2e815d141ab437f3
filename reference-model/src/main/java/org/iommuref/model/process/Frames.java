package org.iommuref.model.process;

import java.util.HashMap;
import java.util.Map;
import org.iommuref.spec.iommufd.Processes;
import org.jspecify.annotations.Nullable;

/**
 * Physical memory: frames with their bytes, who refers to each of them, and how often each is
 * pinned. A frame without reference and pin is free, and its number is not used again.
 */
final class Frames {

  private final Map<Long, Frame> frames = new HashMap<>();
  private long next = 0x10_0000;
  private long allPins;

  private static final class Frame {
    private byte @Nullable [] bytes; // null as long as all are zero and nobody has asked
    private int references;
    private int pins;

    private byte[] bytes() {
      if (bytes == null) {
        bytes = new byte[Processes.PAGE_SIZE];
      }
      return bytes;
    }
  }

  /** Takes a number of frames with adjacent numbers, the first a multiple of that number. */
  long takeAdjacent(int count) {
    long first = (next + count - 1) / count * count;
    for (int index = 0; index < count; index++) {
      Frame frame = new Frame();
      frame.references = 1;
      frames.put(first + index, frame);
    }
    next = first + count;
    return first;
  }

  /** Takes a frame of zeros, next to the one taken last. */
  long take() {
    return takeAdjacent(1);
  }

  /** Takes a frame with the bytes of another. */
  long copyOf(long frame) {
    long copy = take();
    frame(copy).bytes = frame(frame).bytes().clone();
    return copy;
  }

  /** Takes a frame of the kernel's, with what it holds, unless it is here already. */
  void adopt(long number, byte[] bytes) {
    Frame frame = frames.computeIfAbsent(number, missing -> new Frame());
    if (frame.references == 0) {
      frame.bytes = bytes;
    }
    frame.references++;
  }

  void refer(long frame) {
    frame(frame).references++;
  }

  void drop(long frame) {
    Frame dropped = frame(frame);
    dropped.references--;
    freeIfUnused(frame, dropped);
  }

  int references(long frame) {
    return frame(frame).references;
  }

  void pin(long frame) {
    frame(frame).pins++;
    allPins++;
  }

  void unpin(long frame) {
    Frame unpinned = frame(frame);
    if (unpinned.pins == 0) {
      throw new IllegalStateException("frame " + frame + " is unpinned but not pinned");
    }
    unpinned.pins--;
    allPins--;
    freeIfUnused(frame, unpinned);
  }

  /** How often a frame is pinned; 0 for one that is free. */
  int pins(long number) {
    Frame frame = frames.get(number);
    return frame == null ? 0 : frame.pins;
  }

  byte[] bytes(long frame) {
    return frame(frame).bytes();
  }

  /** How many pins there are in all. */
  long allPins() {
    return allPins;
  }

  private void freeIfUnused(long number, Frame frame) {
    if (frame.references == 0 && frame.pins == 0) {
      frames.remove(number);
    }
  }

  private Frame frame(long number) {
    Frame frame = frames.get(number);
    if (frame == null) {
      throw new IllegalStateException("frame " + number + " is free");
    }
    return frame;
  }
}
