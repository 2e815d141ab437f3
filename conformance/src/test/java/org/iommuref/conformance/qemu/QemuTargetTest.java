package org.iommuref.conformance.qemu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.iommuref.conformance.process.ProcessOptions;
import org.iommuref.conformance.report.Report;
import org.iommuref.conformance.report.Verdict;
import org.iommuref.conformance.suite.Progress;
import org.iommuref.conformance.suite.Selection;
import org.iommuref.conformance.suite.SuiteRunner;
import org.iommuref.conformance.target.Layer;
import org.iommuref.conformance.target.Session;
import org.iommuref.conformance.target.SessionConfig;
import org.iommuref.conformance.target.Target;
import org.iommuref.spec.access.AccessKind;
import org.iommuref.spec.access.AccessOutcome;
import org.iommuref.spec.access.DeviceAccess;
import org.iommuref.spec.access.Iova;
import org.iommuref.spec.access.Pasid;
import org.iommuref.spec.backend.DomainId;
import org.iommuref.spec.backend.DomainType;
import org.iommuref.spec.backend.Prot;
import org.iommuref.spec.clause.Capability;
import org.iommuref.spec.clause.Catalogue;
import org.iommuref.spec.memory.PhysAddr;
import org.iommuref.spec.operation.Access;
import org.iommuref.spec.operation.AllocateDomain;
import org.iommuref.spec.operation.Attach;
import org.iommuref.spec.operation.MapPages;
import org.iommuref.spec.operation.Operation;
import org.iommuref.spec.operation.Probe;
import org.iommuref.spec.operation.ReadMemory;
import org.iommuref.spec.operation.Reply;
import org.iommuref.spec.operation.SyncMap;
import org.iommuref.spec.operation.WriteMemory;
import org.iommuref.spec.spi.CachePolicy;
import org.iommuref.spec.spi.Topology;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Our driver over QEMU's intel-iommu. */
@NeedsQemu
class QemuTargetTest {

  private static final Iova IOVA = new Iova(0x80_4000);
  private static final DomainId DOMAIN = new DomainId(1);
  private static final long PAGE = 0x1000;
  private static final long DATA = 1L << 32;

  private Target target;

  @BeforeEach
  void open() {
    target =
        new QemuTargets(null, ProcessOptions.standard()).open(NeedsQemu.TARGET, SuiteRunner.SEAM);
  }

  @AfterEach
  void close() {
    target.close();
  }

  @Test
  void claims_areTheUnitsRegisters_andWhatTheDevicesCanRaise() {
    assertThat(target.hwInfo().architecture()).isEqualTo("vtd");
    assertThat(target.hwInfo().addressBits()).isEqualTo(48);
    assertThat(target.hwInfo().unit())
        .contains(Capability.CORE, Capability.VTD)
        .doesNotContain(Capability.DRAIN, Capability.CACHING_MODE);
    assertThat(target.hwInfo().stimulus())
        .containsExactlyInAnyOrder(
            Capability.TWO_DEVICES, Capability.SHARED_GROUP, Capability.FAILING_ATTACH);
  }

  @Test
  void optionsOfTheDevice_changeWhatItClaims() {
    var targets = new QemuTargets(null, ProcessOptions.standard());
    try (Target caching = targets.open(NeedsQemu.TARGET + ",caching-mode=on", SuiteRunner.SEAM)) {
      assertThat(caching.name()).isEqualTo("qemu:intel-iommu,caching-mode=on");
      assertThat(caching.hwInfo().has(Capability.CACHING_MODE)).isTrue();
    }
  }

  @Test
  void unitThatTranslatesNothing_isNoneForOurDriver() {
    var targets = new QemuTargets(null, ProcessOptions.standard());
    String name = NeedsQemu.TARGET + ",dma-translation=off";
    assertThatThrownBy(() -> targets.open(name, SuiteRunner.SEAM))
        .isInstanceOf(QemuAbsentException.class)
        .hasMessageContainingAll(name, "SAGAW");
  }

  @Test
  void accesses_landWhereTheDomainMapsThem_orAreRefused() {
    try (Session session = mapped()) {
      session.execute(new WriteMemory(new PhysAddr(DATA + 8), 0xfedc_ba98_7654_3210L));
      assertThat(session.execute(read(IOVA.plus(8))))
          .isEqualTo(Reply.ok(AccessOutcome.completed(0xfedc_ba98_7654_3210L)));
      session.execute(write(IOVA.plus(PAGE - 8), 0x0002_1234_5678_9abcL));
      assertThat(session.execute(new ReadMemory(new PhysAddr(DATA + PAGE - 8))))
          .isEqualTo(Reply.ok(0x0002_1234_5678_9abcL));
      assertThat(session.execute(read(IOVA.plus(PAGE))))
          .isEqualTo(Reply.ok(AccessOutcome.blocked()));
      assertThat(session.execute(write(IOVA.plus(PAGE), 0x0002_0000_0000_0001L)))
          .isEqualTo(Reply.ok(AccessOutcome.blocked()));
    }
  }

  @Test
  void whatTheDevicesCannotRaise_isUnsupported() {
    try (Session session = mapped()) {
      assertThat(session.execute(write(IOVA, 1))).isInstanceOf(Reply.Unsupported.class);
      DeviceAccess tagged = DeviceAccess.read(Topology.FIRST, IOVA).with(new Pasid(1));
      assertThat(session.execute(new Access(tagged))).isInstanceOf(Reply.Unsupported.class);
      DeviceAccess atomic = new DeviceAccess(Topology.FIRST, null, IOVA, AccessKind.ATOMIC, 1);
      assertThat(session.execute(new Access(atomic))).isInstanceOf(Reply.Unsupported.class);
      DeviceAccess nobody = DeviceAccess.read(Topology.SECOND, IOVA);
      assertThat(session.execute(new Access(nobody))).isInstanceOf(Reply.Unsupported.class);
    }
  }

  @Test
  void suite_onOneClause_passes() {
    Report report =
        new SuiteRunner(Catalogue.load(), Progress.NONE)
            .run(target, Selection.all().of(List.of("MAP-001")).withSequences(2), 1);
    assertThat(report.count(Verdict.PASS)).as("MAP-001").isEqualTo(1);
    assertThat(report.failures()).isEmpty();
  }

  private Session mapped() {
    Session session =
        target.open(
            new SessionConfig(
                Topology.oneDevice(), CachePolicy.REALISTIC, SessionConfig.PLAIN, Layer.BACKEND));
    List<Operation<?>> operations =
        List.of(
            new Probe(Topology.FIRST),
            new AllocateDomain(DOMAIN, DomainType.PAGING),
            new Attach(Topology.FIRST, DOMAIN, null),
            new MapPages(DOMAIN, IOVA, new PhysAddr(DATA), PAGE, 1, Prot.READ_WRITE),
            new SyncMap(DOMAIN, IOVA, PAGE));
    assertThat(session.executeAll(operations)).allMatch(reply -> reply instanceof Reply.Ok);
    return session;
  }

  private static Access read(Iova iova) {
    return new Access(DeviceAccess.read(Topology.FIRST, iova));
  }

  private static Access write(Iova iova, long value) {
    return new Access(DeviceAccess.write(Topology.FIRST, iova, value));
  }
}
