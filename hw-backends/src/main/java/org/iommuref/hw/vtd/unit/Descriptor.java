package org.iommuref.hw.vtd.unit;

import org.iommuref.hw.vtd.layout.Field;
import org.iommuref.hw.vtd.layout.InvalidationDescriptor;
import org.iommuref.hw.vtd.layout.RootTableAddress;
import org.iommuref.spec.memory.Memory.Atom;

/**
 * A descriptor of the invalidation queue, as it was fetched.
 *
 * @param mode RTADDR.TTM, which says what types there are
 * @param content the first 128 bits
 * @param rest the last 128 bits where descriptors have 256, or zeros
 */
public record Descriptor(long mode, Atom content, Atom rest) {

  static final Atom NOTHING = new Atom(0, 0);

  /** The whole type. */
  public int type() {
    return (int)
        (InvalidationDescriptor.TYPE_HIGH.get(content.low()) << 4
            | InvalidationDescriptor.TYPE.get(content.low()));
  }

  /** The value of a field. */
  public int get(Field field) {
    return (int) field.get(content);
  }

  /** Whether a field is not 0. */
  public boolean has(Field field) {
    return field.get(content) != 0;
  }

  /** Whether it is in the queue of a unit in scalable or abort-dma mode. */
  public boolean isScalable() {
    return mode == RootTableAddress.TTM_SCALABLE || mode == RootTableAddress.TTM_ABORT;
  }

  boolean isWait() {
    return type() == InvalidationDescriptor.TYPE_WAIT;
  }
}
