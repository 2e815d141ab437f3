package org.iommuref.conformance.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;
import org.iommuref.conformance.target.Session;
import org.iommuref.spec.access.AccessKind;
import org.iommuref.spec.access.DeviceAccess;
import org.iommuref.spec.access.Iova;
import org.iommuref.spec.access.Pasid;
import org.iommuref.spec.access.Rid;
import org.iommuref.spec.backend.DomainId;
import org.iommuref.spec.backend.DomainType;
import org.iommuref.spec.backend.KeepingDevices.Manner;
import org.iommuref.spec.backend.Prot;
import org.iommuref.spec.core.PageResponse;
import org.iommuref.spec.errno.Errno;
import org.iommuref.spec.iommufd.call.Bytes;
import org.iommuref.spec.memory.PhysAddr;
import org.iommuref.spec.operation.Access;
import org.iommuref.spec.operation.AllocateDomain;
import org.iommuref.spec.operation.AllocateNested;
import org.iommuref.spec.operation.AllocatePaging;
import org.iommuref.spec.operation.AnswerPages;
import org.iommuref.spec.operation.AskForPage;
import org.iommuref.spec.operation.AskForTranslation;
import org.iommuref.spec.operation.Attach;
import org.iommuref.spec.operation.BackendOperation;
import org.iommuref.spec.operation.BackendSeam;
import org.iommuref.spec.operation.BehaveAs;
import org.iommuref.spec.operation.DamageCommand;
import org.iommuref.spec.operation.EndTable;
import org.iommuref.spec.operation.EnforceCoherency;
import org.iommuref.spec.operation.ExpectPages;
import org.iommuref.spec.operation.FailNextAttach;
import org.iommuref.spec.operation.FinishAccess;
import org.iommuref.spec.operation.FlushAll;
import org.iommuref.spec.operation.FreeDomain;
import org.iommuref.spec.operation.InvalidateNested;
import org.iommuref.spec.operation.IovaToPhys;
import org.iommuref.spec.operation.IssueAccess;
import org.iommuref.spec.operation.MapPages;
import org.iommuref.spec.operation.Operation;
import org.iommuref.spec.operation.Operations;
import org.iommuref.spec.operation.Probe;
import org.iommuref.spec.operation.ReadControl;
import org.iommuref.spec.operation.ReadDirty;
import org.iommuref.spec.operation.ReadMemory;
import org.iommuref.spec.operation.Release;
import org.iommuref.spec.operation.RemovePasid;
import org.iommuref.spec.operation.Reply;
import org.iommuref.spec.operation.SetDirtyTracking;
import org.iommuref.spec.operation.SetPasid;
import org.iommuref.spec.operation.Sync;
import org.iommuref.spec.operation.SyncMap;
import org.iommuref.spec.operation.TakeFaults;
import org.iommuref.spec.operation.TakePageAnswers;
import org.iommuref.spec.operation.TakePageRequests;
import org.iommuref.spec.operation.UnmapPages;
import org.iommuref.spec.operation.WriteMemory;
import org.iommuref.spec.spi.Topology;
import org.iommuref.spec.unit.PageRequestMessage;
import org.junit.jupiter.api.Test;

/**
 * The same operations get the same replies from a call in Java and over a child's stdin and stdout.
 */
class RoutesTest {

  private static final int RUNS = 20;
  private static final int LENGTH = 200;
  private static final long PAGES = 0x1_0000_0000L;
  private static final List<Rid> DEVICES =
      List.of(Topology.FIRST, Topology.SECOND, Rid.parse("03:00.0"));
  private static final List<Long> SIZES = List.of(1L << 12, 1L << 12, 1L << 12, 1L << 21, 1L << 13);

  private final Random random = new Random(7);

  @Test
  void bothRoutes_giveEqualReplies_toEveryOperationOfTheSeam() throws Exception {
    Topology topology = Topology.twoDevices();
    List<Class<?>> seen = new ArrayList<>();
    long errs = 0;
    try (ProcessTarget target =
        ProcessTarget.start(Adapters.ideal(), Adapters.patient().validating())) {
      for (int run = 0; run < RUNS; run++) {
        List<Operation<?>> operations = operations();
        BackendSeam local = BackendServer.open(topology);
        List<Reply<?>> direct = new ArrayList<>();
        for (Operation<?> operation : operations) {
          direct.add(((BackendOperation<?>) operation).applyTo(local));
          seen.add(operation.getClass());
        }
        errs += direct.stream().filter(reply -> reply instanceof Reply.Err).count();
        Session session = target.open(Adapters.config(topology));
        assertSame(run, operations, session.executeAll(operations), direct);
      }
    }
    assertThat(seen).as("operations that were sent").containsAll(Operations.backend());
    assertThat(errs).as("replies that are errors").isPositive();
  }

  /** The first that differs is named; what follows it differs for its sake. */
  private static void assertSame(
      int run, List<Operation<?>> operations, List<Reply<?>> wire, List<Reply<?>> direct) {
    assertThat(wire).as("replies of run %d", run).hasSameSizeAs(operations);
    for (int i = 0; i < operations.size(); i++) {
      assertThat(wire.get(i))
          .as("run %d, reply %d over the wire, to %s", run, i, operations.get(i))
          .isEqualTo(direct.get(i));
    }
  }

  private List<Operation<?>> operations() {
    List<Operation<?>> operations = new ArrayList<>();
    DEVICES.forEach(device -> operations.add(new Probe(device)));
    for (int i = 0; i < LENGTH; i++) {
      operations.add(anyOf(makers()).get());
    }
    return operations;
  }

  private List<Supplier<Operation<?>>> makers() {
    return List.of(
        () -> new Release(device()),
        () -> new Probe(device()),
        () -> new AllocateDomain(domain(), anyOf(List.of(DomainType.values()))),
        () -> new AllocateDomain(domain(), DomainType.PAGING),
        () -> new FreeDomain(domain()),
        () -> new AllocatePaging(domain(), device(), random.nextBoolean(), random.nextBoolean()),
        () -> new AllocateNested(domain(), device(), domain(), 1, new Bytes("00")),
        () -> new InvalidateNested(domain(), 0, List.of(new Bytes("01"), new Bytes("02"))),
        () -> new SetDirtyTracking(domain(), random.nextBoolean()),
        () -> new ReadDirty(domain(), iova(), anyOf(SIZES), random.nextBoolean(), gather()),
        () -> new ExpectPages(domain()),
        () -> new AskForPage(pageRequest()),
        TakePageRequests::new,
        () -> new AnswerPages(device(), pasid(), random.nextInt(9), PageResponse.SUCCESS),
        () -> new TakePageAnswers(device()),
        () -> new BehaveAs(device(), anyOf(List.of(Manner.values()))),
        () -> new ReadControl(device()),
        () -> new DamageCommand(device()),
        () -> new AskForTranslation(device(), pasid(), iova()),
        () -> new EnforceCoherency(domain()),
        () -> new EndTable(domain()),
        () -> new Attach(device(), domain(), random.nextBoolean() ? null : domain()),
        () -> new Attach(device(), domain(), null),
        () -> new SetPasid(device(), pasid(), domain(), null),
        () -> new RemovePasid(device(), pasid(), domain()),
        this::map,
        this::map,
        this::map,
        () -> new SyncMap(domain(), iova(), anyOf(SIZES)),
        () -> new UnmapPages(domain(), iova(), anyOf(SIZES), 1 + random.nextInt(3), gather()),
        () -> new Sync(domain(), gather()),
        () -> new FlushAll(domain()),
        () -> new IovaToPhys(domain(), iova()),
        () -> new Access(access()),
        () -> new Access(access()),
        () -> new Access(access()),
        () -> new IssueAccess(random.nextInt(), access()),
        () -> new FinishAccess(random.nextInt()),
        TakeFaults::new,
        () -> new FailNextAttach(device(), anyOf(List.of(Errno.values()))),
        () -> new ReadMemory(page()),
        () -> new WriteMemory(page(), random.nextLong()));
  }

  private PageRequestMessage pageRequest() {
    int group = random.nextInt(9);
    return new PageRequestMessage(
        device(), pasid(), false, false, true, false, true, group, iova().bytes());
  }

  private Operation<?> map() {
    Prot prot = anyOf(List.of(Prot.values()));
    return new MapPages(domain(), iova(), page(), anyOf(SIZES), 1 + random.nextInt(3), prot);
  }

  private DeviceAccess access() {
    Pasid pasid = random.nextBoolean() ? null : pasid();
    AccessKind kind = anyOf(List.of(AccessKind.values()));
    return new DeviceAccess(device(), pasid, iova().plus(8), kind, random.nextLong());
  }

  private Rid device() {
    return anyOf(DEVICES);
  }

  private DomainId domain() {
    return new DomainId(1 + random.nextInt(3));
  }

  private Pasid pasid() {
    return new Pasid(random.nextInt(3));
  }

  private int gather() {
    return random.nextInt(2);
  }

  private Iova iova() {
    return new Iova(random.nextInt(20) == 0 ? -4096 : random.nextInt(4) * 4096L);
  }

  private PhysAddr page() {
    return new PhysAddr(PAGES + random.nextInt(4) * 4096L);
  }

  private <T> T anyOf(List<T> choices) {
    return choices.get(random.nextInt(choices.size()));
  }
}
