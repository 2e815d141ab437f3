package org.iommuref.hw.vtd.unit;

import org.iommuref.hw.vtd.layout.FaultStatus;
import org.iommuref.hw.vtd.layout.Field;
import org.iommuref.hw.vtd.layout.FirstStageEntry;
import org.iommuref.hw.vtd.layout.GlobalCommand;
import org.iommuref.hw.vtd.layout.PasidDirectoryEntry;
import org.iommuref.hw.vtd.layout.PasidEntry;
import org.iommuref.hw.vtd.layout.QueueRegisters;
import org.iommuref.hw.vtd.layout.Register;
import org.iommuref.hw.vtd.layout.RootTableAddress;
import org.iommuref.hw.vtd.layout.ScalableContextEntry;
import org.iommuref.hw.vtd.layout.ScalableRootEntry;
import org.iommuref.hw.vtd.layout.SecondStageEntry;
import org.iommuref.spec.access.AccessKind;
import org.iommuref.spec.access.AccessOutcome;
import org.iommuref.spec.access.Pasid;
import org.iommuref.spec.access.Rid;
import org.iommuref.spec.memory.Memory.Atom;
import org.iommuref.spec.memory.SystemMemory;
import org.iommuref.spec.unit.AddressType;
import org.iommuref.spec.unit.BusRequest;

/** A unit in scalable mode, its tables written by hand. */
final class ScalableBench {

  static final int PASID = 0x1234;
  static final int RID_PASID = 7;
  static final int DIRECTORY_SIZE = 3;
  static final long GUEST_TABLE = 0x2000_0000L;
  static final long GIB = 1L << 30;

  final Bench bench;
  final SystemMemory memory;

  /** In scalable mode, one device with a context entry and an empty PASID directory. */
  ScalableBench(VtdParts parts) {
    this(new Bench(parts));
  }

  ScalableBench(Bench bench) {
    this.bench = bench;
    memory = bench.memory;
    bench.setRootTable(RootTableAddress.TTM.put(bench.rootTable, RootTableAddress.TTM_SCALABLE));
    bench.command(GlobalCommand.TE, true);
    contextOf(Bench.DEVICE);
  }

  /** Gives a device a context entry with RID_PASID and an empty directory. */
  void contextOf(Rid device) {
    memory.writeAtom(
        contextAt(device), ScalableContextEntry.present(bench.page(), DIRECTORY_SIZE, RID_PASID));
  }

  // Queue.

  private long queue;
  private long tail;

  /** Turns on a queue of descriptors of 256 bits. */
  ScalableBench withQueue() {
    queue = bench.page();
    bench.write(Register.IQA, queue | QueueRegisters.DW.mask());
    bench.command(GlobalCommand.QIE, true);
    return this;
  }

  /** Puts descriptors into the queue and rings the doorbell; nothing moves yet. */
  void enqueue(Atom... descriptors) {
    for (Atom descriptor : descriptors) {
      memory.writeAtom(queue + tail, descriptor);
      memory.writeAtom(queue + tail + 16, new Atom(0, 0));
      tail = (tail + 32) % 4096;
    }
    bench.write(Register.IQT, tail);
  }

  /** Puts descriptors into the queue and lets everything move. */
  void submit(Atom... descriptors) {
    enqueue(descriptors);
    bench.unit.drain();
  }

  /** What IQERCD tells, or 0 while IQE is clear. */
  long queueError() {
    return bench.isSet(Register.FSTS, FaultStatus.IQE)
        ? QueueRegisters.IQEI.get(bench.read(Register.IQERCD))
        : 0;
  }

  /** Where the descriptor behind the last one goes. */
  long slot() {
    return queue + tail;
  }

  // Structures.

  /** Where the half of the root entry of a device is. */
  long rootAt(Rid device) {
    return bench.rootTable + 16L * device.bus() + (device.devfn() >= 128 ? 8 : 0);
  }

  /** Where the context entry of a device is; its table is made if there is none. */
  long contextAt(Rid device) {
    long root = rootAt(device);
    if (!ScalableRootEntry.P.isSet(memory.readLong(root))) {
      memory.writeLong(root, ScalableRootEntry.of(bench.page(), 0).low());
    }
    return ScalableRootEntry.CTP.address(memory.readLong(root))
        + ScalableContextEntry.offset(device.devfn());
  }

  /** Sets and clears bits of a quadword in memory. */
  void change(long at, long set, long clear) {
    memory.writeLong(at, (memory.readLong(at) | set) & ~clear);
  }

  /** Where the directory entry of a PASID of {@link Bench#DEVICE} is. */
  long directoryAt(int pasid) {
    return directoryAt(Bench.DEVICE, pasid);
  }

  long directoryAt(Rid device, int pasid) {
    long directory = ScalableContextEntry.PASIDDIRPTR.address(memory.readLong(contextAt(device)));
    return directory + PasidDirectoryEntry.offset(pasid);
  }

  /** Where the entry of a PASID is; its table is made if there is none. */
  long pasidAt(int pasid) {
    return pasidAt(Bench.DEVICE, pasid);
  }

  long pasidAt(Rid device, int pasid) {
    long at = directoryAt(device, pasid);
    if (!PasidDirectoryEntry.P.isSet(memory.readLong(at))) {
      memory.writeLong(at, PasidDirectoryEntry.present(bench.page()));
    }
    return PasidDirectoryEntry.SMPTBLPTR.address(memory.readLong(at)) + PasidEntry.offset(pasid);
  }

  /** Writes the entry of a PASID of {@link Bench#DEVICE}. */
  void pasid(int pasid, long[] entry) {
    pasid(Bench.DEVICE, pasid, entry);
  }

  void pasid(Rid device, int pasid, long[] entry) {
    for (int i = 0; i < entry.length; i++) {
      memory.writeLong(pasidAt(device, pasid) + 8L * i, entry[i]);
    }
  }

  /** The quadwords of the entry of a PASID. */
  long[] entryOf(int pasid) {
    long[] entry = new long[PasidEntry.QUADWORDS];
    for (int i = 0; i < entry.length; i++) {
      entry[i] = memory.readLong(pasidAt(pasid) + 8L * i);
    }
    return entry;
  }

  private static long[] entry(int type) {
    long[] entry = PasidEntry.present(type, Bench.DOMAIN);
    PasidEntry.put(entry, PasidEntry.PWSNP, 1);
    return entry;
  }

  /** A first stage of 4 levels. */
  static long[] firstStage(long table) {
    long[] entry = entry(PasidEntry.PGTT_FIRST_STAGE);
    entry[2] |= table;
    return entry;
  }

  /** A second stage of 4 levels. */
  static long[] secondStage(long table) {
    long[] entry = entry(PasidEntry.PGTT_SECOND_STAGE);
    PasidEntry.put(entry, PasidEntry.AW, 2);
    entry[0] |= table;
    return entry;
  }

  /** A first stage of 4 levels nested on a second stage of 4 levels. */
  static long[] nested(long firstTable, long secondTable) {
    long[] entry = secondStage(secondTable);
    PasidEntry.put(entry, PasidEntry.PGTT, PasidEntry.PGTT_NESTED);
    entry[2] |= firstTable;
    return entry;
  }

  /** Addresses unchanged. */
  static long[] passThrough() {
    return entry(PasidEntry.PGTT_PASS_THROUGH);
  }

  /** {@link #PASID} has a first stage with nothing mapped. */
  ScalableBench withFirstStage() {
    pasid(PASID, firstStage(bench.page()));
    return this;
  }

  /** {@link #PASID} has a second stage with nothing mapped. */
  ScalableBench withSecondStage() {
    pasid(PASID, secondStage(bench.page()));
    return this;
  }

  /**
   * {@link #PASID} has a first stage nested on a second stage; the guest has its tables where the
   * host has them, by pages of 1 GiB.
   */
  ScalableBench withNested() {
    pasid(PASID, nested(bench.page(), bench.page()));
    for (long gib = 0; gib < 4; gib++) {
      memory.writeLong(secondAt(gib * GIB, 3), SecondStageEntry.leaf(gib * GIB, 3, true, true));
    }
    return this;
  }

  /** Changes a field of the entry of {@link #PASID}. */
  ScalableBench with(Field field, long value) {
    long[] entry = entryOf(PASID);
    PasidEntry.put(entry, field, value);
    pasid(PASID, entry);
    return this;
  }

  // Tables.

  /** Where the first-stage entry of a level of {@link #PASID} is, tables above it made. */
  long firstAt(long iova, int level) {
    long[] entry = entryOf(PASID);
    long table = PasidEntry.FSPTPTR.address(entry[2]);
    int levels = 4 + (int) PasidEntry.get(entry, PasidEntry.FSPM);
    for (int at = levels; at > level; at--) {
      long entryAt = table + 8L * SecondStageEntry.index(iova, at);
      if (memory.readLong(entryAt) == 0) {
        memory.writeLong(entryAt, FirstStageEntry.table(bench.page()));
      }
      table = FirstStageEntry.ADDR.address(memory.readLong(entryAt));
    }
    return table + 8L * SecondStageEntry.index(iova, level);
  }

  /** Where the second-stage entry of a level of {@link #PASID} is, tables above it made. */
  long secondAt(long address, int level) {
    long[] entry = entryOf(PASID);
    int levels = 2 + (int) PasidEntry.get(entry, PasidEntry.AW);
    return bench.entryAt(PasidEntry.SSPTPTR.address(entry[0]), levels, address, level);
  }

  /** Maps a page of the first stage, user, writable. */
  void mapFirst(long iova, long page, int level) {
    memory.writeLong(firstAt(iova, level), FirstStageEntry.leaf(page, level, true));
  }

  /** Maps a page of the second stage with both rights. */
  void mapSecond(long address, long page, int level) {
    memory.writeLong(secondAt(address, level), SecondStageEntry.leaf(page, level, true, true));
  }

  // Requests.

  static BusRequest request(AccessKind kind, long address) {
    return new BusRequest(
        Bench.DEVICE, new Pasid(PASID), false, AddressType.UNTRANSLATED, address, kind, 1, false);
  }

  static BusRequest read(long address) {
    return request(AccessKind.READ, address);
  }

  static BusRequest write(long address) {
    return request(AccessKind.WRITE, address);
  }

  /** A read without PASID. */
  static BusRequest plain(long address) {
    BusRequest read = read(address);
    return new BusRequest(
        read.rid(), null, false, read.type(), address, read.kind(), read.value(), false);
  }

  AccessOutcome access(BusRequest request) {
    return bench.access(request);
  }

  int reasonOf(BusRequest request) {
    return bench.reasonOf(request);
  }

  int reasonOfRead() {
    return reasonOf(read(Bench.IOVA));
  }

  int reasonOfWrite() {
    return reasonOf(write(Bench.IOVA));
  }

  /** The sixteen bytes of the record that the next fault leaves. */
  Atom recordOf(BusRequest request) {
    access(request);
    Atom record = bench.record(0);
    bench.clearRecord(0);
    return record;
  }
}
