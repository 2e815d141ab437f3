package org.iommuref.hw.vtd.mutant;

import static org.iommuref.hw.vtd.mutant.Observer.DATA;
import static org.iommuref.hw.vtd.mutant.Observer.MIDDLE;
import static org.iommuref.hw.vtd.mutant.Observer.PAGE;

import java.util.List;
import java.util.function.Consumer;
import org.iommuref.spec.access.AccessKind;
import org.iommuref.spec.access.Rid;
import org.iommuref.spec.backend.DomainType;
import org.iommuref.spec.backend.Prot;
import org.iommuref.spec.spi.Topology;

/** A script of calls that shows some clauses; domain 1 exists. */
record Scene(String name, Topology topology, Consumer<Observer> script) {

  private static final Rid FIRST = Topology.FIRST;
  private static final Rid SECOND = Topology.SECOND;

  static List<Scene> all() {
    return List.of(
        one("pages", Scene::pages),
        one("rights", Scene::rights),
        one("large pages", Scene::largePages),
        one("map refused", Scene::mapRefused),
        one("unmap in part", Scene::unmapInPart),
        one("unmap and map anew", Scene::unmapAndMapAnew),
        one("unmap of tables", Scene::unmapOfTables),
        one("large page over an emptied table", Scene::largePageOverEmptiedTable),
        one("ranges", Scene::ranges),
        one("full flush", Scene::fullFlush),
        one("drain", Scene::drain),
        one("domains", Scene::domains),
        one("detached", Scene::detached),
        one("faults", Scene::faults),
        one("overflow", Scene::overflow),
        one("PASIDs", Scene::pasids),
        one("many PASIDs", Scene::manyPasids),
        one("served anew", Scene::servedAnew),
        one("written pages", ScalableScenes::writtenPages),
        one("nested", ScalableScenes::nested),
        one("coherent", ScalableScenes::coherent),
        one("made coherent", ScalableScenes::madeCoherent),
        one("nested and written", ScalableScenes::nestedAndWritten),
        one("page requests", ScalableScenes::pageRequests),
        one("tables that end", ScalableScenes::endedTables),
        one("overflow of page requests", ScalableScenes::overflow),
        one("devices with ATS", ScalableScenes::control),
        one("a device that completes late", ScalableScenes::late),
        two("two devices nested", Topology.twoDevices(), ScalableScenes::twoNested),
        two("refused commands", Topology.twoDevices(), ScalableScenes::refused),
        two("devices that do not answer", Topology.twoDevices(), ScalableScenes::timeouts),
        two("devices", Topology.twoDevices(), Scene::devices),
        two("two domains", Topology.twoDevices(), Scene::twoDomains),
        two("domain shared and left", Topology.twoDevices(), Scene::sharedAndLeft),
        two("units", Topology.twoUnits(), Scene::devices));
  }

  private static Scene one(String name, Consumer<Observer> script) {
    return new Scene(name, Topology.oneDevice(), script);
  }

  private static Scene two(String name, Topology topology, Consumer<Observer> script) {
    return new Scene(name, topology, script);
  }

  private static void pages(Observer o) {
    o.attach(FIRST, 1).read(FIRST, 0).map(1, 0x4000, 1, 2);
    o.read(FIRST, 0x3000).read(FIRST, 0x4000).read(FIRST, 0x5008).read(FIRST, 0x6000);
    o.write(FIRST, 0x4010, 77).memory(DATA + PAGE + 0x10);
    o.iovaToPhys(1, 0x4123).iovaToPhys(1, 0x6000);
    o.unmap(1, 0x4000, PAGE, 1).read(FIRST, 0x4000).sync(1);
    o.read(FIRST, 0x4000).read(FIRST, 0x5000);
    o.faults().read(FIRST, (1L << 48) + 0x5000).faults();
  }

  private static void rights(Observer o) {
    o.attach(FIRST, 1);
    Prot[] rights = {Prot.READ, Prot.WRITE, Prot.READ_WRITE};
    for (int i = 0; i < rights.length; i++) {
      o.map(1, 2L * i * PAGE, DATA + i * PAGE, PAGE, 1, rights[i]);
      for (int round = 0; round < 2; round++) {
        for (AccessKind kind : AccessKind.values()) {
          o.access(kind, FIRST, 2L * i * PAGE, 5);
        }
      }
      o.memory(DATA + i * PAGE);
    }
    o.faults();
  }

  private static void largePages(Observer o) {
    o.attach(FIRST, 1).map(1, MIDDLE, DATA, MIDDLE, 1, Prot.READ_WRITE);
    o.read(FIRST, MIDDLE + 3 * PAGE).write(FIRST, MIDDLE + 0x1f_f008, 9);
    o.memory(DATA + 0x1f_f008).read(FIRST, 2 * MIDDLE).read(FIRST, MIDDLE - 8);
    o.unmap(1, MIDDLE + PAGE, PAGE, 1).sync(1).read(FIRST, MIDDLE + 3 * PAGE);
    o.unmap(1, MIDDLE, PAGE, 1).sync(1);
    o.read(FIRST, MIDDLE + 3 * PAGE).read(FIRST, MIDDLE);
  }

  private static void mapRefused(Observer o) {
    o.attach(FIRST, 1).map(1, 0x2000, 1, 1).map(1, 0, 5, 4).read(FIRST, 0x2000);
    o.map(1, 0, DATA, MIDDLE, 1, Prot.READ).read(FIRST, 0x2000).read(FIRST, 0x3000);
    o.map(1, 0x9000, DATA, PAGE, 1, Prot.NONE);
    o.map(1, (1L << 48) - PAGE, DATA, PAGE, 2, Prot.READ);
    o.map(1, 0x9000, 1L << 52, PAGE, 1, Prot.READ);
  }

  private static void unmapInPart(Observer o) {
    o.attach(FIRST, 1).map(1, 0, 1, 2).map(1, 0x4000, 5, 1);
    o.unmap(1, 0, PAGE, 5).sync(1).read(FIRST, 0x1000).read(FIRST, 0x4000);
    o.unmap(1, 0x9000, PAGE, 1).sync(1);
  }

  private static void unmapAndMapAnew(Observer o) {
    o.attach(FIRST, 1).map(1, 0x2000, 1, 1).read(FIRST, 0x2000).unmap(1, 0x2000, PAGE, 1).sync(1);
    o.map(1, 0x2000, 2, 1).read(FIRST, 0x2000).read(FIRST, 0x3000).faults();
  }

  private static void unmapOfTables(Observer o) {
    o.attach(FIRST, 1).map(1, 0, 1, 512).map(1, MIDDLE, 1, 1);
    o.read(FIRST, 0).read(FIRST, 7 * PAGE).read(FIRST, MIDDLE);
    o.unmap(1, 0, PAGE, 512).read(FIRST, 9 * PAGE).sync(1);
    o.read(FIRST, 0).read(FIRST, 7 * PAGE).read(FIRST, 9 * PAGE).read(FIRST, MIDDLE);
    o.map(1, MIDDLE + PAGE, 3, 1).read(FIRST, MIDDLE + PAGE);
    o.map(1, 0, 4, 1).read(FIRST, 0).read(FIRST, 8);
  }

  private static void largePageOverEmptiedTable(Observer o) {
    o.attach(FIRST, 1).map(1, 0, 1, 1).read(FIRST, 0).unmap(1, 0, PAGE, 1).sync(1);
    o.map(1, 0, DATA, MIDDLE, 1, Prot.READ_WRITE).read(FIRST, 0).read(FIRST, 6 * PAGE);
  }

  private static void ranges(Observer o) {
    o.attach(FIRST, 1).map(1, 0x7000, 7, 3).map(1, 0x20000, 1, 1);
    for (long iova : new long[] {0x7000, 0x8000, 0x9000, 0x20000}) {
      o.read(FIRST, iova);
    }
    o.unmap(1, 0x7000, PAGE, 2).unmap(1, 0x9000, PAGE, 1).sync(1);
    for (long iova : new long[] {0x7000, 0x8000, 0x9000, 0x20000}) {
      o.read(FIRST, iova);
    }
  }

  private static void fullFlush(Observer o) {
    o.attach(FIRST, 1).map(1, 0, 1, 2).read(FIRST, 0).read(FIRST, 0x1000);
    o.unmap(1, 0, PAGE, 2).flushAll(1).read(FIRST, 0).read(FIRST, 0x1000);
  }

  private static void drain(Observer o) {
    o.attach(FIRST, 1).map(1, 0, 1, 1).issueWrite(1, FIRST, 0x18, 99);
    o.unmap(1, 0, PAGE, 1).sync(1).memory(DATA + PAGE + 0x18).finish(1);
  }

  private static void domains(Observer o) {
    o.paging(2).domain(3, DomainType.BLOCKED).domain(4, DomainType.IDENTITY);
    o.map(1, 0, 1, 1).map(2, 0, 2, 1).read(FIRST, 0);
    int[] order = {1, 2, 4, 1, 3, 2, 3, 4, 3, 1};
    for (int domain : order) {
      o.attach(FIRST, domain).read(FIRST, 0).read(FIRST, DATA + 3 * PAGE);
    }
    o.failNextAttach(FIRST).attach(FIRST, 2).read(FIRST, 0).free(1).free(2);
    for (int domain = 10; domain < 14; domain++) {
      o.paging(domain).attach(FIRST, domain).read(FIRST, 0).map(domain, 0, domain, 1);
      o.read(FIRST, 0).attach(FIRST, 3).free(domain).read(FIRST, 0);
    }
    o.iovaToPhys(4, 0x1234).iovaToPhys(3, 0x1234);
  }

  private static void detached(Observer o) {
    o.domain(3, DomainType.BLOCKED).attach(FIRST, 1).map(1, 0, 1, 1).read(FIRST, 0);
    o.attach(FIRST, 3).unmap(1, 0, PAGE, 1).sync(1).attach(FIRST, 1).read(FIRST, 0);
  }

  private static void faults(Observer o) {
    o.map(1, 0, DATA, PAGE, 1, Prot.READ).read(FIRST, 0x5000).attach(FIRST, 1);
    o.read(FIRST, 0x6008).write(FIRST, 0x18, 1).read(FIRST, 0).faults().faults();
    o.domain(3, DomainType.BLOCKED).attach(FIRST, 3).read(FIRST, 0).faults().attach(FIRST, 1);
    o.write(FIRST, 0x7000, 1).faults().read(FIRST, 0x8000).faults().faults();
  }

  private static void overflow(Observer o) {
    o.attach(FIRST, 1);
    for (int n = 0; n < 12; n++) {
      o.read(FIRST, n * PAGE);
    }
    o.faults().read(FIRST, 0x20000).read(FIRST, 0x21000).faultPages().faults();
  }

  private static void pasids(Observer o) {
    o.paging(2).paging(3).map(1, 0, 1, 2).map(2, 0, 3, 2).map(3, 0, 5, 2).attach(FIRST, 1);
    o.pasid(FIRST, 5, 2).pasid(FIRST, 20_000, 3).read(FIRST, 5, 0).read(FIRST, 20_000, 0);
    o.read(FIRST, 0).read(FIRST, 6, 0).pasid(FIRST, 6, 2).read(FIRST, 6, 0).faults();
    o.unmap(2, 0, PAGE, 1).sync(2).read(FIRST, 5, 0).read(FIRST, 6, 0).read(FIRST, 5, 0x1000);
    o.pasid(FIRST, 5, 3).read(FIRST, 5, 0).removePasid(FIRST, 6, 2).read(FIRST, 6, 0x1000);
    o.read(FIRST, 5, PAGE).unmap(3, PAGE, PAGE, 1).sync(3).read(FIRST, 5, PAGE);
  }

  private static void manyPasids(Observer o) {
    o.map(1, 0, 1, 1).attach(FIRST, 1);
    for (int pasid = 1; pasid < 18; pasid++) {
      o.pasid(FIRST, pasid, 1).read(FIRST, pasid, 0);
    }
    o.unmap(1, 0, PAGE, 1).sync(1);
    for (int pasid = 1; pasid < 18; pasid++) {
      o.read(FIRST, pasid, 0);
    }
  }

  private static void servedAnew(Observer o) {
    o.paging(2).paging(3).map(1, 0, 1, 1).map(2, 0, 2, 1).attach(FIRST, 1).read(FIRST, 0);
    o.release(FIRST).map(3, 0, 3, 1).read(FIRST, 0).probe(FIRST).attach(FIRST, 2);
    o.read(FIRST, 0);
  }

  private static void devices(Observer o) {
    o.attach(FIRST, 1).attach(SECOND, 1).map(1, 0, 1, 2).read(FIRST, 0).read(SECOND, 0);
    o.unmap(1, 0, PAGE, 1).sync(1).read(FIRST, 0).read(SECOND, 0);
    o.read(FIRST, 0x1000).read(SECOND, 0x1000).read(SECOND, 0x9000).faults();
  }

  private static void twoDomains(Observer o) {
    o.paging(2).attach(FIRST, 1).attach(SECOND, 2).map(1, 0, 1, 1).map(2, 0, 2, 1);
    o.read(FIRST, 0).read(SECOND, 0).map(1, 0x1000, 3, 1).map(2, 0x1000, 4, 1);
    o.read(SECOND, 0x1000).read(FIRST, 0x1000).unmap(2, 0, PAGE, 2).sync(2);
    o.read(FIRST, 0x1000).read(SECOND, 0x1000);
  }

  private static void sharedAndLeft(Observer o) {
    o.paging(2).paging(3).attach(FIRST, 1).attach(SECOND, 1).map(1, 0, 1, 2).read(FIRST, 0);
    o.attach(SECOND, 2).map(2, 0, 5, 2).read(SECOND, 0x1000).read(FIRST, 0x1000);
    o.read(FIRST, 0).unmap(1, 0, PAGE, 1).sync(1).read(FIRST, 0).read(FIRST, 0x1000);
    o.attach(SECOND, 3).map(3, 0x1000, 6, 1).read(SECOND, 0x1000).read(SECOND, 0);
    o.map(1, 0x2000, 7, 1).read(FIRST, 0x2000).unmap(1, 0x2000, PAGE, 1).sync(1);
    o.read(FIRST, 0x2000);
  }
}
