package org.iommuref.hw.vtd.mutant;

import static org.iommuref.hw.vtd.mutant.Observer.DATA;
import static org.iommuref.hw.vtd.mutant.Observer.PAGE;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import org.iommuref.hw.vtd.layout.FirstStageEntry;
import org.iommuref.spec.access.Iova;
import org.iommuref.spec.access.Pasid;
import org.iommuref.spec.access.Rid;
import org.iommuref.spec.backend.AskingDevices;
import org.iommuref.spec.backend.CacheCoherency;
import org.iommuref.spec.backend.DamagedCommands;
import org.iommuref.spec.backend.DirtyTracking;
import org.iommuref.spec.backend.DomainId;
import org.iommuref.spec.backend.EndingTables;
import org.iommuref.spec.backend.KeepingDevices;
import org.iommuref.spec.backend.KeepingDevices.Manner;
import org.iommuref.spec.backend.NestedDomains;
import org.iommuref.spec.backend.PageRequests;
import org.iommuref.spec.backend.PagingDomains;
import org.iommuref.spec.core.PageRequest;
import org.iommuref.spec.core.PageResponse;
import org.iommuref.spec.iommufd.call.Bytes;
import org.iommuref.spec.operation.AllocateNested;
import org.iommuref.spec.operation.BackendOperation;
import org.iommuref.spec.operation.InvalidateNested;
import org.iommuref.spec.spi.Topology;
import org.iommuref.spec.unit.PageRequestMessage;
import org.jspecify.annotations.Nullable;

/** Scripts of what units in scalable mode alone have; other drivers show nothing. */
final class ScalableScenes {

  private static final Rid FIRST = Topology.FIRST;
  private static final Rid SECOND = Topology.SECOND;
  private static final int NEST_PARENT = 1;
  private static final int DIRTY = 2;
  private static final long GUEST = 0x10_0000L;
  private static final long GVA = 0x7000;

  private ScalableScenes() {}

  private static Observer paging(Observer o, int domain, int flags) {
    return o.on(
        PagingDomains.class, p -> p.allocatePaging(new DomainId(domain), FIRST, flags, null));
  }

  private static Observer track(Observer o, int domain) {
    return o.on(DirtyTracking.class, t -> t.setDirtyTracking(new DomainId(domain), true));
  }

  static void writtenPages(Observer o) {
    paging(o, 2, DIRTY).map(2, 0, 1, 4).attach(FIRST, 2).pasid(FIRST, 5, 2);
    o.write(FIRST, 0, 1).read(FIRST, PAGE);
    track(o, 2).write(FIRST, 0, 2).write(FIRST, 2 * PAGE, 3).dirty(2, 0, 1, false);
    o.write(FIRST, PAGE, 3).dirty(2, 0, 1, true).dirty(2, 0, 4, true).dirty(2, 0, 4, true);
    o.write(FIRST, 0, 4).dirty(2, 0, 4, true).pasid(FIRST, 6, 2);
    o.attach(FIRST, 1).attach(FIRST, 2).write(FIRST, PAGE, 5).dirty(2, 0, 4, true);
  }

  private static Observer nest(Observer o, int flags) {
    paging(o, 2, NEST_PARENT | flags).map(2, GUEST, 1, 8);
    for (int level = 4; level > 1; level--) {
      guest(o, level, 0, FirstStageEntry.table(table(level - 1)));
    }
    guest(o, 1, GVA, FirstStageEntry.leaf(data(0), 1, true));
    guest(o, 1, GVA + PAGE, FirstStageEntry.leaf(data(1), 1, true));
    return call(o, allocate(3, 2, 48)).attach(FIRST, 3).pasid(FIRST, 5, 3);
  }

  private static AllocateNested allocate(int domain, int parent, int width) {
    ByteBuffer structure = ByteBuffer.allocate(24).order(ByteOrder.LITTLE_ENDIAN);
    structure.putLong(8, table(4)).putInt(16, width);
    return new AllocateNested(
        new DomainId(domain), FIRST, new DomainId(parent), 1, Bytes.of(structure.array()));
  }

  private static Observer call(Observer o, BackendOperation<?> operation) {
    return o.on(NestedDomains.class, n -> o.apply(operation));
  }

  private static Observer invalidate(Observer o, long address, long pages, int flags) {
    ByteBuffer entry = ByteBuffer.allocate(24).order(ByteOrder.LITTLE_ENDIAN);
    entry.putLong(0, address).putLong(8, pages).putInt(16, flags);
    Bytes good = Bytes.of(ByteBuffer.allocate(24).putLong(8, 0).array());
    return call(
        o, new InvalidateNested(new DomainId(3), 0, List.of(good, Bytes.of(entry.array()))));
  }

  private static void guest(Observer o, int level, long address, long entry) {
    long index = (address >>> (12 + 9 * (level - 1))) & 511;
    o.put(DATA + PAGE + (table(level) - GUEST) + 8 * index, entry);
  }

  private static long table(int level) {
    return GUEST + (level - 1) * PAGE;
  }

  private static long data(int number) {
    return GUEST + (5 + number) * PAGE;
  }

  private static Observer ask(Observer o, long iova) {
    return o.on(KeepingDevices.class, devices -> devices.translation(FIRST, null, new Iova(iova)));
  }

  private static Observer enforce(Observer o, int domain) {
    return o.on(CacheCoherency.class, c -> c.enforce(new DomainId(domain)));
  }

  static void madeCoherent(Observer o) {
    enforce(o.attach(FIRST, 1), 1).map(1, 0, 1, 1).read(FIRST, 0).unmap(1, 0, PAGE, 1).sync(1);
    o.read(FIRST, 0);
  }

  static void coherent(Observer o) {
    enforce(paging(o, 2, DIRTY), 2).map(2, 0, 1, 1);
    ask(o.attach(FIRST, 2), 0);
    o.attach(FIRST, 1).map(1, 0, 1, 1).read(FIRST, 0).unmap(1, 0, PAGE, 1).sync(1);
    ask(enforce(o, 1).map(1, 0, 1, 1), 0);
    ask(o.attach(FIRST, 2).attach(FIRST, 1), 0);
  }

  static void nested(Observer o) {
    nest(o, 0).read(FIRST, GVA).read(FIRST, GVA + PAGE).read(FIRST, 5, GVA);
    call(o, allocate(4, 1, 48));
    call(o, allocate(5, 2, 39)).attach(FIRST, 5).free(2);
    guest(o, 1, GVA, FirstStageEntry.leaf(data(2), 1, true));
    invalidate(o, GVA, 1, 1).read(FIRST, GVA).read(FIRST, 5, GVA);
    guest(o, 1, GVA, 0);
    invalidate(o, 0, -1, 0).read(FIRST, GVA).read(FIRST, GVA + PAGE);
    invalidate(o, GVA, 1, 2);
    o.put(DATA + 5 * PAGE + 8 * 9, FirstStageEntry.leaf(data(2), 1, true));
    guest(o, 2, 0, FirstStageEntry.table(GUEST + 4 * PAGE));
    invalidate(o, GVA, 3, 0).read(FIRST, GVA + 2 * PAGE);
    o.unmap(2, data(2), PAGE, 1).sync(2).read(FIRST, GVA + 2 * PAGE);
    o.attach(FIRST, 2).read(FIRST, GVA + 2 * PAGE).attach(FIRST, 3);
  }

  static void nestedAndWritten(Observer o) {
    track(nest(o, DIRTY).write(FIRST, GVA, 7), 2).write(FIRST, GVA, 8).dirty(2, GUEST, 8, true);
    o.attach(FIRST, 1).attach(FIRST, 3).write(FIRST, GVA + PAGE, 9).dirty(2, GUEST, 8, true);
  }

  static void twoNested(Observer o) {
    nest(o, 0).attach(SECOND, 3).read(FIRST, GVA).read(SECOND, GVA);
    guest(o, 1, GVA, 0);
    invalidate(o, GVA, 1, 1).read(FIRST, GVA).read(SECOND, GVA);
  }

  private static Observer ask(Observer o, @Nullable Pasid pasid, int group, boolean read) {
    return o.on(
        AskingDevices.class,
        devices -> {
          devices.ask(
              new PageRequestMessage(
                  FIRST, pasid, false, false, read, false, true, group, group * PAGE));
          return "";
        });
  }

  private static Observer interrupt(Observer o) {
    return o.on(
        AskingDevices.class,
        devices -> {
          devices.interrupt();
          return devices.answers(FIRST);
        });
  }

  private static Observer listen(Observer o) {
    return o.on(
        PageRequests.class,
        requests -> {
          requests.expect(new DomainId(1));
          requests.listen((device, request) -> o.hear(request));
          return "";
        });
  }

  static void pageRequests(Observer o) {
    listen(o).attach(FIRST, 1).pasid(FIRST, 5, 1);
    interrupt(ask(ask(o, null, 1, true), new Pasid(5), 2, true));
    interrupt(ask(o, new Pasid(5), 3, false));
    o.on(
        PageRequests.class,
        requests -> {
          requests.respond(FIRST, new PageRequest(2, 0, 1, 0, 0), PageResponse.FAILURE);
          return "";
        });
    interrupt(o);
    ask(o, new Pasid(5), 4, true).removePasid(FIRST, 5, 1).paging(2).pasid(FIRST, 5, 2);
    interrupt(interrupt(ask(o.attach(FIRST, 2), null, 6, true)));
  }

  static void endedTables(Observer o) {
    listen(o.paging(2)).map(1, 0, 1, 1).map(2, 0, 2, 1).attach(FIRST, 2).pasid(FIRST, 5, 1);
    ask(o.read(FIRST, 5, 0), new Pasid(5), 1, true);
    o.on(
        EndingTables.class,
        tables -> {
          tables.endTable(new DomainId(1));
          return "";
        });
    o.read(FIRST, 5, 0).faults().read(FIRST, 0).pasid(FIRST, 5, 2).read(FIRST, 5, 0);
    interrupt(o.read(FIRST, 5, PAGE).faults());
  }

  static void overflow(Observer o) {
    listen(o).attach(FIRST, 1);
    for (int group = 0; group < 140; group++) {
      ask(o, null, group, true);
    }
    interrupt(ask(interrupt(o), null, 300, true));
  }

  private static Observer behave(Observer o, Manner manner) {
    return o.on(
        KeepingDevices.class,
        devices -> {
          devices.behave(FIRST, manner);
          return "";
        });
  }

  static void control(Observer o) {
    o.attach(FIRST, 1).map(1, 0, 1, 1).read(FIRST, 0);
    behave(o.on(KeepingDevices.class, devices -> devices.control(FIRST)), Manner.ASK_AT_ONCE);
    o.release(FIRST).on(KeepingDevices.class, devices -> devices.control(FIRST));
    o.probe(FIRST).on(KeepingDevices.class, devices -> devices.control(FIRST));
  }

  static void late(Observer o) {
    behave(o.map(1, 0, 1, 1).attach(FIRST, 1), Manner.COMPLETE_LATE);
    for (int pasid = 1; pasid < 10; pasid++) {
      o.pasid(FIRST, pasid, 1).read(FIRST, pasid, 0);
    }
    o.unmap(1, 0, PAGE, 1).sync(1).read(FIRST, 9, 0);
    o.on(KeepingDevices.class, devices -> devices.control(FIRST));
  }

  static void refused(Observer o) {
    o.attach(FIRST, 1).attach(SECOND, 1).map(1, 0, 1, 3).read(FIRST, 0).read(FIRST, PAGE);
    o.on(
        DamagedCommands.class,
        commands -> {
          commands.damageNext(FIRST);
          return "";
        });
    o.unmap(1, 0, PAGE, 1).sync(1).read(FIRST, 0).unmap(1, PAGE, PAGE, 1).sync(1);
    o.read(FIRST, PAGE);
  }

  static void timeouts(Observer o) {
    o.attach(FIRST, 1).attach(SECOND, 1).map(1, 0, 1, 3).read(FIRST, 0).read(SECOND, 0);
    behave(o.read(FIRST, PAGE).read(SECOND, PAGE), Manner.MISS_INVALIDATION);
    o.unmap(1, 0, PAGE, 1).sync(1).read(FIRST, 0).read(SECOND, 0);
    behave(o, Manner.GO_AWAY).unmap(1, PAGE, PAGE, 1).sync(1).read(SECOND, PAGE);
  }
}
