package org.iommuref.hw.vtd.bench;

import org.iommuref.hw.vtd.layout.Granularity;
import org.iommuref.hw.vtd.layout.InvalidationDescriptor;
import org.iommuref.hw.vtd.layout.Register;
import org.iommuref.spec.memory.Memory.Atom;
import org.iommuref.spec.spi.TranslationWorkload;

/** A page is translated, then dropped from the caches by a descriptor of its own, and so on. */
final class Invalidations implements TranslationWorkload {

  private static final int QUEUE_BYTES = 4096;

  private final TranslationWorkload translated;
  private final BenchUnit machine;
  private final Atom[] descriptors;
  private int next;
  private long tail;

  /** Drops pages of the domain tags at the addresses, in the order in which they are translated. */
  Invalidations(TranslationWorkload translated, BenchUnit machine, int[] tags, long[] addresses) {
    this.translated = translated;
    this.machine = machine;
    this.descriptors = new Atom[tags.length];
    for (int i = 0; i < tags.length; i++) {
      descriptors[i] =
          InvalidationDescriptor.iotlb(Granularity.PAGE, tags[i], addresses[i], 0, true);
    }
  }

  @Override
  public long next() {
    long translation = translated.next();
    machine.memory.writeAtom(machine.queue + tail, descriptors[next]);
    tail = (tail + InvalidationDescriptor.BYTES) % QUEUE_BYTES;
    machine.write(Register.IQT, tail);
    machine.unit.drain();
    next = next + 1 == descriptors.length ? 0 : next + 1;
    return translation;
  }

  @Override
  public long pages() {
    return translated.pages();
  }

  @Override
  public long tableBytes() {
    return translated.tableBytes();
  }
}
