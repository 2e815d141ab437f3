package org.iommuref.hw.vtd.driver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.iommuref.hw.vtd.driver.DrivenUnits.FIRST;
import static org.iommuref.hw.vtd.driver.DrivenUnits.PAGE;
import static org.iommuref.hw.vtd.driver.DrivenUnits.page;

import java.lang.reflect.Proxy;
import java.util.List;
import org.iommuref.hw.radix.TableStep;
import org.iommuref.hw.testing.DirectSteps;
import org.iommuref.hw.vtd.VtdUnits;
import org.iommuref.hw.vtd.driver.DriverStep.WritePasidFields;
import org.iommuref.hw.vtd.layout.ContextEntry;
import org.iommuref.hw.vtd.layout.ExtendedCapability;
import org.iommuref.hw.vtd.layout.FaultReason;
import org.iommuref.hw.vtd.layout.FaultRecording;
import org.iommuref.hw.vtd.layout.PasidEntry;
import org.iommuref.hw.vtd.layout.Register;
import org.iommuref.hw.vtd.layout.SecondStageEntry;
import org.iommuref.hw.vtd.unit.VtdConfiguration;
import org.iommuref.spec.access.AccessOutcome;
import org.iommuref.spec.access.FaultRecord;
import org.iommuref.spec.access.Pasid;
import org.iommuref.spec.backend.CacheCoherency;
import org.iommuref.spec.backend.DeviceCapabilities;
import org.iommuref.spec.backend.DirtyTracking;
import org.iommuref.spec.backend.DomainId;
import org.iommuref.spec.backend.HwInfo;
import org.iommuref.spec.backend.NestedDomains;
import org.iommuref.spec.backend.PasidBackend;
import org.iommuref.spec.clause.Capability;
import org.iommuref.spec.clause.Clause;
import org.iommuref.spec.errno.Errno;
import org.iommuref.spec.memory.Memory.Atom;
import org.iommuref.spec.unit.IommuUnit;
import org.junit.jupiter.api.Test;

/** The driver takes of scalable mode what the unit offers, and nothing else. */
class OfferedFeaturesTest {

  private static final int OLD_VERSION = 1;
  private static final long IOVA = 0x4000_4000L;

  @Test
  @Clause("VTD-113")
  void firstStageAlone_isEnteredWithoutWidth_whichIsReservedThere() {
    DrivenUnits machine = attached(VtdUnits.firstStageAlone());

    assertThat(writtenWidths(machine))
        .as("VTD-113: AW is reserved with SSTS clear")
        .containsOnly(0L);
    machine.tag(page(1), 7);
    assertThat(machine.read(FIRST, IOVA)).as("VTD-113").isEqualTo(AccessOutcome.completed(7));
  }

  /** Our units follow the manual whatever version they report, so this one refuses the entry. */
  @Test
  @Clause("VTD-113")
  void firstStageOfAnOldVersion_isEnteredWithTheWidthThatItIsKnownToTake() {
    DrivenUnits machine = attached(VtdUnits.firstStageAlone().withMajorVersion(OLD_VERSION));

    assertThat(writtenWidths(machine))
        .as("what QEMU takes the width of a first stage from")
        .containsOnly((long) ContextEntry.AW_48);
    machine.read(FIRST, IOVA);
    assertThat(machine.backend.takeFaults().records())
        .extracting(FaultRecord::reason)
        .as("VTD-113")
        .containsOnly(FaultReason.SPT_3.code());
  }

  @Test
  @Clause("VTD-113")
  void bothStagesOfAnOldVersion_areEnteredAsInAnyOther() {
    DrivenUnits old = attached(VtdConfiguration.scalable().withMajorVersion(OLD_VERSION));
    DrivenUnits now = attached(VtdConfiguration.scalable());

    assertThat(writtenWidths(now))
        .as("VTD-113: AW is not reserved with SSTS set")
        .containsOnly((long) ContextEntry.AW_48);
    assertThat(writtenWidths(old))
        .as("VTD-113: of an old version")
        .containsOnly((long) ContextEntry.AW_48);
  }

  @Test
  @Clause("PASID-001")
  void pasids_areAsWideAsTheUnitTakes() {
    DrivenUnits machine = attached(VtdUnits.firstStageAlone());
    PasidBackend pasids = machine.backend.extension(PasidBackend.class).orElseThrow();

    assertThat(machine.backend.hwInfo().maxPasids()).as("PSS is 11").isEqualTo(1 << 12);
    assertThat(pasids.setPasid(FIRST, new Pasid((1 << 12) - 1), new DomainId(1), null).errno())
        .isNull();
    assertThat(pasids.setPasid(FIRST, new Pasid(1 << 12), new DomainId(1), null).errno())
        .isEqualTo(Errno.EINVAL);
  }

  @Test
  void widePasids_areLimitedByTheDirectory() {
    assertThat(attached(VtdConfiguration.scalable()).backend.hwInfo().maxPasids())
        .as("PSS is 19, the directory has one page")
        .isEqualTo(1 << 15);
  }

  @Test
  void secondStageAlone_isOfferedWithoutWhatItLacks() {
    VtdConfiguration plain =
        VtdUnits.secondStageAlone().withExtendedCapability(ExtendedCapability.SSADS, 0);
    DrivenUnits machine = attached(plain);
    HwInfo claims = machine.backend.hwInfo();

    assertThat(claims.maxPasids()).as("ECAP.PASID is clear").isZero();
    assertThat(claims.unit())
        .contains(Capability.WRITE_ONLY_PAGES)
        .doesNotContain(Capability.PASID, Capability.NESTING, Capability.DIRTY_TRACKING);
    assertThat(machine.backend.extension(PasidBackend.class)).isEmpty();
    assertThat(machine.backend.extension(NestedDomains.class)).isEmpty();
    assertThat(machine.backend.extension(DirtyTracking.class)).isEmpty();
  }

  @Test
  @Clause({"DOM-011", "DOM-014"})
  void snoopControl_inLegacyMode_isOfferedAndMarksEveryLeaf() {
    DrivenUnits machine =
        DrivenUnits.of(VtdConfiguration.standard().withExtendedCapability(ExtendedCapability.SC, 1))
            .probed();
    DomainId domain = machine.paging(1);
    machine.attach(FIRST, domain, null);
    assertThat(machine.backend.hwInfo().unit()).contains(Capability.ENFORCED_COHERENCY);
    assertThat(
            machine
                .backend
                .extension(DeviceCapabilities.class)
                .orElseThrow()
                .isCapable(FIRST, DeviceCapabilities.Cap.ENFORCE_CACHE_COHERENCY))
        .isTrue();

    assertThat(machine.backend.extension(CacheCoherency.class).orElseThrow().enforce(domain))
        .as("DOM-014")
        .isTrue();
    machine.steps.takePerformed();
    machine.map(domain, IOVA, page(1), PAGE, 2);

    assertThat(machine.steps.takePerformed())
        .filteredOn(TableStep.WritePte.class::isInstance)
        .as("DOM-011: SNP")
        .hasSize(2)
        .allMatch(
            step ->
                SecondStageEntry.SNP.isSet(
                    machine.memory.readLong(((TableStep.WritePte) step).slot())));
    machine.tag(page(1), 7);
    assertThat(machine.read(FIRST, IOVA)).isEqualTo(AccessOutcome.completed(7));
  }

  @Test
  void withoutSnoopControl_legacyModeOffersNoCoherency() {
    DrivenUnits machine = DrivenUnits.standard();

    assertThat(machine.backend.hwInfo().unit()).doesNotContain(Capability.ENFORCED_COHERENCY);
    assertThat(machine.backend.extension(CacheCoherency.class)).isEmpty();
  }

  @Test
  @Clause("FREC-007")
  void record_namesItsPasid_onlyOfAUnitThatTakesPasids() {
    var register = new Atom(0x5000, FaultRecording.F.mask() | FaultRecording.PP.mask());

    assertThat(recordedBy(ExtendedCapability.PASID.mask(), register).pasid())
        .as("FREC-007")
        .isEqualTo(new Pasid(0));
    assertThat(recordedBy(0, register).pasid()).as("PP is reserved with PASID clear").isNull();
  }

  private static DrivenUnits attached(VtdConfiguration configuration) {
    DrivenUnits machine = DrivenUnits.of(configuration).probed();
    DomainId domain = machine.paging(1);
    machine.attach(FIRST, domain, null);
    machine.map(domain, IOVA, page(1), PAGE, 1);
    return machine;
  }

  private static List<Long> writtenWidths(DrivenUnits machine) {
    return machine.steps.takePerformed().stream()
        .filter(WritePasidFields.class::isInstance)
        .map(WritePasidFields.class::cast)
        .filter(step -> step.atom() == 0)
        .map(step -> PasidEntry.AW.get(step.fields().low()))
        .toList();
  }

  private static FaultRecord recordedBy(long ecap, Atom register) {
    var registers = new UnitRegisters(0, unit(ecap), DirectSteps.plain());
    return new FaultRegisters(registers).decode(register);
  }

  /** A unit of which software reads ECAP alone. */
  private static IommuUnit unit(long ecap) {
    return (IommuUnit)
        Proxy.newProxyInstance(
            IommuUnit.class.getClassLoader(),
            new Class<?>[] {IommuUnit.class},
            (proxy, method, arguments) -> arguments[0].equals(Register.ECAP.offset()) ? ecap : 0L);
  }
}
