package org.iommuref.hw.vtd.bench;

import org.iommuref.spec.access.AccessKind;
import org.iommuref.spec.spi.TranslationWorkload;
import org.iommuref.spec.unit.Translator;

/** Reads of some devices at some addresses, round and round. */
final class Requests implements TranslationWorkload {

  private final BenchUnit machine;
  private final Translator translator;
  private final int[] rids;
  private final int pasid;
  private final long[] addresses;
  private final long pages;
  private int next;

  Requests(BenchUnit machine, int[] rids, int pasid, long[] addresses, long pages) {
    this.machine = machine;
    this.translator = machine.unit;
    this.rids = rids;
    this.pasid = pasid;
    this.addresses = addresses;
    this.pages = pages;
  }

  @Override
  public long next() {
    int i = next;
    next = i + 1 == rids.length ? 0 : i + 1;
    return translator.translate(rids[i], pasid, addresses[i], AccessKind.READ);
  }

  @Override
  public long pages() {
    return pages;
  }

  @Override
  public long tableBytes() {
    return machine.tableBytes();
  }
}
