package org.iommuref.conformance.bench;

import java.util.List;
import java.util.ServiceLoader;
import java.util.stream.Stream;
import org.iommuref.spec.spi.TranslationKind;
import org.iommuref.spec.spi.TranslationWorkload;
import org.iommuref.spec.spi.TranslationWorkloads;
import org.iommuref.spec.step.Footprint;
import org.iommuref.spec.unit.Translation;

/** The workloads on the class path, and what their requests are. */
public final class Workloads {

  private static final int LOOKED_AT = 5_000;

  private Workloads() {}

  /** The names of the architectures. */
  public static List<String> names() {
    return all().map(TranslationWorkloads::name).sorted().toList();
  }

  /** Those of an architecture. */
  public static TranslationWorkloads of(String unit) {
    return all()
        .filter(each -> each.name().equals(unit))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("no workloads of '" + unit + "'"));
  }

  private static Stream<TranslationWorkloads> all() {
    return ServiceLoader.load(TranslationWorkloads.class).stream().map(ServiceLoader.Provider::get);
  }

  /**
   * What requests of a kind are.
   *
   * @param reads of memory in one request, on average
   * @param refused the share of requests that is refused
   * @param tableBytesOfPage bytes of structures in memory for each page that is mapped
   */
  public record Nature(double reads, double refused, double tableBytesOfPage) {}

  /** What requests of the kind are; not timed. */
  public static Nature nature(String unit, TranslationKind kind, int devices) {
    var reads = new Reads();
    TranslationWorkload workload = of(unit).open(kind, devices, reads);
    for (int i = 0; i < LOOKED_AT; i++) {
      workload.next();
    }
    reads.count = 0;
    int refused = 0;
    for (int i = 0; i < LOOKED_AT; i++) {
      refused += Translation.isRefused(workload.next()) ? 1 : 0;
    }
    return new Nature(
        (double) reads.count / LOOKED_AT,
        (double) refused / LOOKED_AT,
        (double) workload.tableBytes() / workload.pages());
  }

  private static final class Reads implements Footprint {
    private long count;

    @Override
    public void read(Object space, long address) {
      count++;
    }

    @Override
    public void readAtom(Object space, long address) {
      count++;
    }

    @Override
    public void write(Object space, long address) {}
  }
}
