package org.iommuref.hw.vtd.unit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.iommuref.hw.event.AccessPage;
import org.iommuref.hw.event.PassUntranslated;
import org.iommuref.hw.event.ReadLeaf;
import org.iommuref.hw.vtd.layout.ContextEntry;
import org.iommuref.hw.vtd.layout.ExtendedCapability;
import org.iommuref.hw.vtd.layout.ScalableContextEntry;
import org.iommuref.spec.step.Step;
import org.iommuref.spec.unit.AddressType;
import org.iommuref.spec.unit.BusRequest;
import org.junit.jupiter.api.Test;

/**
 * An address that no table has a say in is reported as passed on; a leaf as the page that it is.
 */
class RequestEventTest extends ScalableDirectedTest {

  private static final Step PASSED = new PassUntranslated(0);
  private static final Step ACCESS = new AccessPage(0, Bench.PAGE_A);

  private static List<Step> eventsOf(Bench bench, BusRequest request) {
    bench.steps.events();
    bench.access(request);
    return bench.steps.events();
  }

  private static VtdConfiguration withDevices(VtdConfiguration unit) {
    return unit.withExtendedCapability(ExtendedCapability.DT, 1);
  }

  @Test
  void translationOff_passesAddresses() {
    assertThat(eventsOf(bench(), ScalableBench.plain(Bench.PAGE_A))).endsWith(PASSED, ACCESS);
  }

  @Test
  void passThrough_ofLegacyMode_passesAddresses() {
    Bench bench = bench().started();
    bench.passThrough(Bench.DEVICE, Bench.DOMAIN);
    assertThat(eventsOf(bench, ScalableBench.plain(Bench.PAGE_A))).endsWith(PASSED, ACCESS);
  }

  @Test
  void passThrough_ofScalableMode_passesAddresses() {
    ScalableBench scene = scalable();
    scene.pasid(ScalableBench.PASID, ScalableBench.passThrough());
    assertThat(eventsOf(scene.bench, ScalableBench.read(Bench.PAGE_A)))
        .endsWith(PASSED, ACCESS)
        .doesNotHaveAnyElementsOfTypes(ReadLeaf.class);
  }

  @Test
  void addressOfADeviceTlb_isPassed() {
    Bench legacy = new Bench(parts.with(withDevices(VtdConfiguration.standard()))).withDomain();
    legacy.context(
        Bench.DEVICE,
        ContextEntry.present(
            ContextEntry.TT_SECOND_STAGE_AND_ATS,
            ContextEntry.AW_48,
            Bench.DOMAIN,
            legacy.tableOf(Bench.DEVICE)));
    BusRequest translated = ScalableBench.plain(Bench.PAGE_A).as(AddressType.TRANSLATED);
    assertThat(eventsOf(legacy, translated)).as("legacy mode").endsWith(PASSED, ACCESS);
    ScalableBench scalable = scalable(withDevices(VtdConfiguration.scalable()));
    scalable.change(scalable.contextAt(Bench.DEVICE), ScalableContextEntry.DTE.mask(), 0);
    assertThat(eventsOf(scalable.bench, translated)).as("scalable mode").endsWith(PASSED, ACCESS);
  }

  @Test
  void leaf_isReportedWithItsPage() {
    long within = 0x128;
    ReadLeaf leaf = new ReadLeaf(0, Bench.PAGE_A);
    Bench legacy = domain();
    legacy.map(Bench.IOVA, Bench.PAGE_A, 1);
    assertThat(eventsOf(legacy, ScalableBench.plain(Bench.IOVA + within)))
        .as("legacy mode")
        .endsWith(leaf, ACCESS);
    ScalableBench first = scalable().withFirstStage();
    first.mapFirst(Bench.IOVA, Bench.PAGE_A, 1);
    assertThat(eventsOf(first.bench, ScalableBench.read(Bench.IOVA + within)))
        .as("first stage")
        .endsWith(leaf, ACCESS);
    ScalableBench second = scalable().withSecondStage();
    second.mapSecond(Bench.IOVA, Bench.PAGE_A, 1);
    assertThat(eventsOf(second.bench, ScalableBench.read(Bench.IOVA + within)))
        .as("second stage")
        .endsWith(leaf, ACCESS);
  }
}
