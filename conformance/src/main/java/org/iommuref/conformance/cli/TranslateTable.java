package org.iommuref.conformance.cli;

import java.io.PrintWriter;
import java.util.EnumMap;
import java.util.Map;
import org.iommuref.conformance.bench.Meter;
import org.iommuref.conformance.bench.Meter.Speed;
import org.iommuref.conformance.bench.Workloads;
import org.iommuref.conformance.bench.Workloads.Nature;
import org.iommuref.spec.spi.TranslationKind;
import org.iommuref.spec.spi.TranslationWorkloads;

/** The table of {@code bench translate}: a unit's figures beside those to beat. */
final class TranslateTable {

  /** Requests a second of one thread of the RISC-V IOMMU's reference model, compiled with -O2. */
  private static final Map<TranslationKind, Double> TO_BEAT =
      new EnumMap<>(
          Map.of(
              TranslationKind.HIT, 45e6,
              TranslationKind.THREE_LEVEL_MISS, 12e6,
              TranslationKind.NESTED_MISS, 6.4e6,
              TranslationKind.PASID_HIT, 39e6,
              TranslationKind.FAULT, 21e6));

  private static final int[] DEVICES = {1, 256};
  private static final double MILLION = 1e6;

  private final Meter meter;
  private final String unit;
  private final boolean quick;

  TranslateTable(Meter meter, String unit, boolean quick) {
    this.meter = meter;
    this.unit = unit;
    this.quick = quick;
  }

  void print(PrintWriter out) {
    out.printf(
        "%ntranslate: %s, one thread, realistic caches, %,d pages mapped for each device; JMH%s%n",
        unit,
        TranslationWorkloads.PAGES_OF_DEVICE,
        quick ? ", quick: figures mean nothing" : ", one process for each row");
    out.printf(
        "  %-20s  %7s  %8s  %8s  %8s  %6s  %7s%n",
        "million a second", "devices", "median", "least", "most", "reads", "to beat");
    row(out, Meter.MULTIPLICATIONS + " multiplications", "", meter.calibration(quick), "", "");
    for (TranslationKind kind : TranslationKind.values()) {
      for (int devices : DEVICES) {
        Nature nature = Workloads.nature(unit, kind, devices);
        requireKind(kind, nature);
        Double toBeat = TO_BEAT.get(kind);
        row(
            out,
            kind.title(),
            Integer.toString(devices),
            meter.speed(unit, kind, devices, quick),
            "%.2f".formatted(nature.reads()),
            toBeat == null ? "" : "%.1f".formatted(toBeat / MILLION));
      }
    }
    out.println("  reads: of memory, for one request; with 256 devices each is another's");
    out.println(
        "  to beat: the RISC-V IOMMU's reference model in C at -O2, which caches no pointers to");
    out.println("  tables, as measured on two cores of an ordinary server");
    for (int devices : DEVICES) {
      out.printf(
          "  %d device%s: %.2f bytes of structures in memory for each mapped page%n",
          devices,
          devices == 1 ? "" : "s",
          Workloads.nature(unit, TranslationKind.HIT, devices).tableBytesOfPage());
    }
    out.flush();
  }

  /** Figures of requests that end otherwise than their row says would mean something else. */
  private static void requireKind(TranslationKind kind, Nature nature) {
    if (nature.refused() != (kind == TranslationKind.FAULT ? 1 : 0)) {
      throw new IllegalStateException(
          "of the requests for '%s', %.0f %% were refused"
              .formatted(kind.title(), 100 * nature.refused()));
    }
  }

  private static void row(
      PrintWriter out, String what, String devices, Speed speed, String reads, String toBeat) {
    out.println(
        "  %-20s  %7s  %8.2f  %8.2f  %8.2f  %6s  %7s"
            .formatted(
                what,
                devices,
                speed.median() / MILLION,
                speed.least() / MILLION,
                speed.most() / MILLION,
                reads,
                toBeat)
            .stripTrailing());
    out.flush();
  }
}
