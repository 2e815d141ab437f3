package org.iommuref.model.mutant;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
import org.iommuref.model.TestEnvironment;
import org.iommuref.model.core.CoreCall;
import org.iommuref.model.core.CoreChecks;
import org.iommuref.model.core.CoreModel;
import org.iommuref.model.ideal.IdealProvider;
import org.iommuref.spec.access.AccessOutcome;
import org.iommuref.spec.access.DeviceAccess;
import org.iommuref.spec.access.Iova;
import org.iommuref.spec.access.Pasid;
import org.iommuref.spec.backend.AttachFailure;
import org.iommuref.spec.backend.DomainId;
import org.iommuref.spec.backend.DomainType;
import org.iommuref.spec.backend.Gather;
import org.iommuref.spec.backend.IommuBackend;
import org.iommuref.spec.backend.PasidBackend;
import org.iommuref.spec.backend.Prot;
import org.iommuref.spec.clause.Capability;
import org.iommuref.spec.clause.Catalogue;
import org.iommuref.spec.clause.ClauseId;
import org.iommuref.spec.core.IommuCore;
import org.iommuref.spec.errno.Errno;
import org.iommuref.spec.errno.Result;
import org.iommuref.spec.memory.PhysAddr;
import org.iommuref.spec.spi.BackendProvider;
import org.iommuref.spec.spi.CoreProvider;
import org.iommuref.spec.spi.Environment;
import org.iommuref.spec.spi.Mutant;
import org.iommuref.spec.spi.Topology;
import org.iommuref.spec.step.StepMutation;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class MutantsTest {

  private static final int LENGTH = 200;
  private static final int RUNS = 300;
  private static final List<Topology> TOPOLOGIES =
      List.of(Topology.twoDevices(), Topology.twoDevicesInOneGroup());

  private static final BackendProvider IDEAL = new IdealProvider();
  private static final DomainId D1 = new DomainId(1);
  private static final Iova IOVA = new Iova(0x40_0000);
  private static final long PAGE = 0x1000;

  /**
   * What takes a call that the oracle leaves open, as GRP-007 and MAP-024 do, or several that
   * random calls seldom make in their order; each has a test of its own.
   */
  private static final Set<String> DIRECTED =
      Set.of(
          "core-attach-device-grp-007-as-ebusy",
          "core-attach-device-without-grp-007",
          "ideal-former-rights-stay",
          "ideal-map-map-024-as-ebusy",
          "ideal-map-without-map-024",
          "ideal-sync-misses-pasids");

  static List<Mutant> mutants() {
    return Stream.concat(
            new CoreMutants().mutants().stream(), new IdealMutants().mutants().stream())
        .toList();
  }

  static Stream<Mutant> seenByTheOracle() {
    return mutants().stream()
        .filter(mutant -> mutant.base().equals("ideal") && !DIRECTED.contains(mutant.name()))
        .filter(mutant -> mutant.violates().stream().noneMatch(MutantsTest::needsOtherDevices));
  }

  /** Whether the devices of the topologies here do not show it: the cases of the suite do. */
  private static boolean needsOtherDevices(ClauseId clause) {
    Set<Capability> needs = Catalogue.load().cited(clause.toString()).needs();
    return needs.contains(Capability.PCI_FUNCTIONS)
        || needs.contains(Capability.RESERVED_REGIONS)
        || needs.contains(Capability.DEVICE_TRAITS);
  }

  @Test
  void all_names_areUniqueAndSayWhereTheyBelong() {
    assertThat(mutants()).extracting(Mutant::name).doesNotHaveDuplicates();
    assertThat(mutants())
        .allMatch(m -> m.name().startsWith(m.layer().equals("core") ? "core-" : "ideal-"));
  }

  @ParameterizedTest
  @MethodSource("seenByTheOracle")
  void each_randomCalls_isRefutedByTheOracle(Mutant mutant) {
    for (int seed = 0; seed < RUNS; seed++) {
      if (refuted(mutant, seed) != null) {
        return;
      }
    }
    throw new AssertionError(mutant.name() + " cannot be told from the original");
  }

  @Test
  void ideal_randomCalls_isAllowedByTheOracle() {
    for (int seed = 0; seed < RUNS; seed++) {
      assertThat(run(StepMutation.NONE, IDEAL, null, seed)).as("seed " + seed).isNull();
    }
  }

  @Test
  void core_randomCalls_isAllowedByTheOracle() {
    for (int seed = 0; seed < RUNS; seed++) {
      assertThat(run(StepMutation.NONE, IDEAL, new CoreModel(), seed)).as("seed " + seed).isNull();
    }
  }

  @Test
  void all_clausesNamed_areInTheCatalogue() {
    Catalogue catalogue = Catalogue.load();
    assertThat(mutants())
        .allSatisfy(
            mutant ->
                assertThat(mutant.violates())
                    .isNotEmpty()
                    .allSatisfy(clause -> assertThat(catalogue.find(clause)).isPresent()));
  }

  @Test
  void checks_ofEveryCall_areMutatedOrUnseenForAReason() {
    List<String> all = CoreCheckMutants.all().stream().map(Mutant::name).toList();
    for (CoreCheckMutants.Unseen unseen : CoreCheckMutants.UNSEEN) {
      assertThat(all)
          .as(unseen.why())
          .anyMatch(name -> name.matches("core-(" + unseen.names() + ")"));
    }
    for (CoreCall call : CoreCall.values()) {
      int checks = CoreChecks.LINUX.of(call).list().size();
      String prefix = "core-" + call.name().toLowerCase(Locale.ROOT).replace('_', '-') + "-without";
      assertThat(all).filteredOn(name -> name.startsWith(prefix)).hasSize(checks);
    }
  }

  @Test
  void deviceWithoutGroup_attached_isEnodevInTheCoreAlone() {
    assertThat(attachOfNobody(new CoreModel())).isEqualTo("ENODEV");
    assertThat(attachOfNobody(core("core-attach-device-grp-007-as-ebusy"))).isEqualTo("EBUSY");
    assertThat(attachOfNobody(core("core-attach-device-without-grp-007"))).isEqualTo("crash");
  }

  @Test
  void failedReturn_withBlockingDomainMade_isBlockedInTheCoreAlone() {
    assertThat(readAfterFailedReturn(new CoreModel())).isEqualTo(AccessOutcome.blocked());
    assertThat(readAfterFailedReturn(core("core-failed-return-not-blocked")))
        .isEqualTo(AccessOutcome.completed(0));
  }

  @Test
  void physicalAddressTooWide_mapped_isErangeInIdealAlone() {
    assertThat(mapOfWideAddress(IDEAL)).isEqualTo(Result.err(Errno.ERANGE));
    assertThat(mapOfWideAddress(backend("ideal-map-map-024-as-ebusy")))
        .isEqualTo(Result.err(Errno.EBUSY));
    assertThat(mapOfWideAddress(backend("ideal-map-without-map-024"))).isEqualTo(Result.ok(PAGE));
  }

  @Test
  void pageOfAPasid_unmappedAndSynced_isRefusedByIdealAlone() {
    DeviceAccess read = DeviceAccess.read(Topology.FIRST, IOVA).with(new Pasid(5));
    assertThat(afterUnmap(IDEAL, read, Prot.NONE)).isEqualTo(AccessOutcome.blocked());
    assertThat(afterUnmap(backend("ideal-sync-misses-pasids"), read, Prot.NONE))
        .isEqualTo(AccessOutcome.completed(0));
  }

  @Test
  void pageWithFewerRights_mappedAnew_isRefusedByIdealAlone() {
    DeviceAccess write = DeviceAccess.write(Topology.FIRST, IOVA, 1);
    assertThat(afterUnmap(IDEAL, write, Prot.READ)).isEqualTo(AccessOutcome.blocked());
    assertThat(afterUnmap(backend("ideal-former-rights-stay"), write, Prot.READ))
        .isEqualTo(AccessOutcome.completed(0));
  }

  /** Makes an access that succeeds, takes its page away, maps it anew, and makes it again. */
  private static AccessOutcome afterUnmap(
      BackendProvider provider, DeviceAccess access, Prot anew) {
    IommuBackend ideal = provider.open(TestEnvironment.of(Topology.oneDevice()));
    ideal.probe(Topology.FIRST);
    ideal.allocateDomain(D1, DomainType.PAGING);
    ideal.attach(Topology.FIRST, D1, null);
    ideal
        .extension(PasidBackend.class)
        .orElseThrow()
        .setPasid(Topology.FIRST, new Pasid(5), D1, null);
    ideal.map(D1, IOVA, new PhysAddr(0x100_0000), PAGE, 1, Prot.READ_WRITE);
    assertThat(ideal.access(access)).isEqualTo(AccessOutcome.completed(0));
    Gather gather = new Gather();
    ideal.unmap(D1, IOVA, PAGE, 1, gather);
    ideal.sync(D1, gather);
    ideal.map(D1, IOVA, new PhysAddr(0x100_0000), PAGE, 1, anew);
    return ideal.access(access);
  }

  private static String attachOfNobody(CoreProvider provider) {
    Environment environment = TestEnvironment.of(Topology.oneDevice());
    IommuCore core = provider.open(environment, IDEAL.open(environment));
    core.allocateDomain(D1, DomainType.PAGING);
    try {
      return String.valueOf(core.attachDevice(Topology.SECOND, D1).errno());
    } catch (RuntimeException crash) {
      return "crash";
    }
  }

  private static AccessOutcome readAfterFailedReturn(CoreProvider provider) {
    Environment environment = TestEnvironment.of(Topology.oneDevice());
    IommuBackend ideal = IDEAL.open(environment);
    IommuCore core = provider.open(environment, ideal);
    core.allocateDomain(D1, DomainType.PAGING);
    core.map(D1, IOVA, new PhysAddr(0x100_0000), PAGE, Prot.READ);
    core.claimOwner(Topology.FIRST, 7);
    core.releaseOwner(Topology.FIRST);
    core.attachDevice(Topology.FIRST, D1);
    ideal.extension(AttachFailure.class).orElseThrow().failNextAttach(Topology.FIRST, Errno.ENOMEM);
    core.detachDevice(Topology.FIRST, D1);
    return ideal.access(DeviceAccess.read(Topology.FIRST, IOVA));
  }

  private static Result<Long> mapOfWideAddress(BackendProvider provider) {
    IommuBackend ideal = provider.open(TestEnvironment.of(Topology.oneDevice()));
    ideal.allocateDomain(D1, DomainType.PAGING);
    return ideal.map(D1, IOVA, new PhysAddr(1L << 52), PAGE, 1, Prot.READ);
  }

  private static CoreProvider core(String name) {
    return ((Mutant.OfCore) named(name)).core();
  }

  private static BackendProvider backend(String name) {
    return ((Mutant.OfBackend) named(name)).backend();
  }

  private static Mutant named(String name) {
    return mutants().stream()
        .filter(mutant -> mutant.name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  private static @Nullable String refuted(Mutant mutant, int seed) {
    if (mutant instanceof Mutant.OfBackend wrong) {
      return run(StepMutation.NONE, wrong.backend(), null, seed);
    }
    if (mutant instanceof Mutant.OfCore wrong) {
      return run(StepMutation.NONE, IDEAL, wrong.core(), seed);
    }
    return run(((Mutant.OfSteps) mutant).mutation(), IDEAL, new CoreModel(), seed);
  }

  private static @Nullable String run(
      StepMutation mutation, BackendProvider backend, @Nullable CoreProvider core, int seed) {
    Topology topology = TOPOLOGIES.get(seed % TOPOLOGIES.size());
    return OracleRun.refuted(topology, mutation, backend, core, seed, LENGTH);
  }
}
