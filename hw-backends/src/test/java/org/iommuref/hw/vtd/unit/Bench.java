package org.iommuref.hw.vtd.unit;

import static org.assertj.core.api.Assertions.assertThat;

import org.iommuref.hw.testing.ScriptedSteps;
import org.iommuref.hw.vtd.layout.ContextEntry;
import org.iommuref.hw.vtd.layout.FaultRecording;
import org.iommuref.hw.vtd.layout.FaultStatus;
import org.iommuref.hw.vtd.layout.Field;
import org.iommuref.hw.vtd.layout.GlobalCommand;
import org.iommuref.hw.vtd.layout.InvalidationDescriptor;
import org.iommuref.hw.vtd.layout.Register;
import org.iommuref.hw.vtd.layout.RootEntry;
import org.iommuref.hw.vtd.layout.SecondStageEntry;
import org.iommuref.spec.access.AccessKind;
import org.iommuref.spec.access.AccessOutcome;
import org.iommuref.spec.access.DeviceAccess;
import org.iommuref.spec.access.Iova;
import org.iommuref.spec.access.Rid;
import org.iommuref.spec.memory.Memory.Atom;
import org.iommuref.spec.memory.SystemMemory;
import org.iommuref.spec.spi.CachePolicy;
import org.iommuref.spec.step.Footprint;
import org.iommuref.spec.unit.BusRequest;

/** A unit with memory around it, programmed by hand through registers, tables and descriptors. */
final class Bench {

  static final Rid DEVICE = new Rid(0x0100);
  static final int DOMAIN = 5;
  static final long IOVA = 0x12_3456_7000L;
  static final long PAGE_A = 0x4000_0000L;
  static final long PAGE_B = 0x8000_0000L;
  static final long OF_A = 0xaaaa;
  static final long OF_B = 0xbbbb;

  private static final int PAGE_BYTES = 4096;
  private static final long MEMORY_BYTES = 1L << 40;

  final ScriptedSteps steps = new ScriptedSteps();
  final SystemMemory memory;
  final VtdUnit unit;
  final long rootTable;
  private final VtdConfiguration configuration;
  private final long queue;
  private long nextPage = 0x10_0000;
  private long tail;

  /** A unit after reset. */
  Bench(VtdParts parts, CachePolicy policy, Footprint footprint) {
    memory = SystemMemory.ofSize(MEMORY_BYTES, footprint);
    configuration = parts.configuration();
    unit = new VtdUnit(parts, memory, steps, footprint, policy);
    rootTable = page();
    queue = page();
    memory.writeLong(PAGE_A, OF_A);
    memory.writeLong(PAGE_B, OF_B);
  }

  Bench(VtdParts parts) {
    this(parts, CachePolicy.ADVERSARIAL, Footprint.NONE);
  }

  /** Turns on the queue and translation with the root table, which software fills in. */
  Bench started() {
    setRootTable(rootTable);
    write(Register.IQA, queue);
    command(GlobalCommand.QIE, true);
    command(GlobalCommand.TE, true);
    return this;
  }

  /** One device in one domain of 4 levels, nothing mapped. */
  Bench withDomain() {
    started();
    attach(DEVICE, DOMAIN, page());
    return this;
  }

  /** A page of zeros. */
  long page() {
    long page = nextPage;
    nextPage += PAGE_BYTES;
    return page;
  }

  // Registers.

  int offset(Register register) {
    return register.offset(configuration.capability(), configuration.extendedCapability());
  }

  long read(Register register) {
    return unit.readRegister(offset(register), register.width());
  }

  void write(Register register, long value) {
    unit.writeRegister(offset(register), register.width(), value);
  }

  boolean isSet(Register register, Field field) {
    return field.isSet(read(register));
  }

  void command(Field level, boolean on) {
    long levels = read(Register.GSTS) & GlobalCommand.LEVELS;
    write(Register.GCMD, level.put(levels, on ? 1 : 0));
  }

  void setRootTable(long value) {
    write(Register.RTADDR, value);
    long levels = read(Register.GSTS) & GlobalCommand.LEVELS;
    write(Register.GCMD, levels | GlobalCommand.SRTP.mask());
  }

  // Tables.

  /** Where the context entry of a requester is; its context table is made if there is none. */
  long contextEntryAt(Rid device) {
    long root = rootTable + RootEntry.offset(device.bus());
    if (!RootEntry.P.isSet(memory.readLong(root))) {
      memory.writeAtom(root, RootEntry.present(page()));
    }
    return RootEntry.CTP.address(memory.readLong(root)) + ContextEntry.offset(device.devfn());
  }

  void context(Rid device, Atom entry) {
    memory.writeAtom(contextEntryAt(device), entry);
  }

  void attach(Rid device, int domain, long table) {
    context(
        device,
        ContextEntry.present(ContextEntry.TT_SECOND_STAGE, ContextEntry.AW_48, domain, table));
  }

  void passThrough(Rid device, int domain) {
    context(
        device, ContextEntry.present(ContextEntry.TT_PASS_THROUGH, ContextEntry.AW_48, domain, 0));
  }

  /** The top table of a requester. */
  long tableOf(Rid device) {
    return ContextEntry.SSPTPTR.address(memory.readLong(contextEntryAt(device)));
  }

  /** Where the entry of a level for an address is, tables above it made where there are none. */
  long entryAt(long top, int levels, long iova, int level) {
    long table = top;
    for (int at = levels; at > level; at--) {
      long entry = table + 8L * SecondStageEntry.index(iova, at);
      if (memory.readLong(entry) == 0) {
        memory.writeLong(entry, SecondStageEntry.table(page()));
      }
      table = SecondStageEntry.ADDR.address(memory.readLong(entry));
    }
    return table + 8L * SecondStageEntry.index(iova, level);
  }

  /** Where the entry of a level for an address is in the domain of {@link #DEVICE}. */
  long entryAt(long iova, int level) {
    return entryAt(tableOf(DEVICE), 4, iova, level);
  }

  /** Maps a page of a level in the domain of {@link #DEVICE}, readable and writable. */
  void map(long iova, long page, int level) {
    memory.writeLong(entryAt(iova, level), SecondStageEntry.leaf(page, level, true, true));
  }

  // Requests.

  AccessOutcome access(DeviceAccess access) {
    return access(BusRequest.of(access));
  }

  AccessOutcome access(BusRequest access) {
    int slot = unit.request(access);
    assertThat(slot).as("a free slot").isNotNegative();
    unit.drain();
    AccessOutcome outcome = unit.answer(slot);
    assertThat(outcome).as("an answer to " + access).isNotNull();
    return outcome;
  }

  AccessOutcome access(Rid device, long iova, AccessKind kind) {
    return access(new DeviceAccess(device, null, new Iova(iova), kind, 1));
  }

  AccessOutcome read(Rid device, long iova) {
    return access(device, iova, AccessKind.READ);
  }

  AccessOutcome read(long iova) {
    return read(DEVICE, iova);
  }

  AccessOutcome write(long iova, long value) {
    return access(DeviceAccess.write(DEVICE, new Iova(iova), value));
  }

  // Faults.

  /** The fault recording register of an index. */
  Atom record(int index) {
    int at = offset(Register.FRCD) + index * FaultRecording.BYTES;
    return new Atom(unit.readRegister(at, 8), unit.readRegister(at + 8, 8));
  }

  /** Gives the record of an index back. */
  void clearRecord(int index) {
    int at = offset(Register.FRCD) + index * FaultRecording.BYTES;
    unit.writeRegister(at + 12, 4, 0x8000_0000L);
  }

  /** The reason for which an access is refused and recorded, or -1 if it leaves no record. */
  int reasonOf(DeviceAccess access) {
    return reasonOf(BusRequest.of(access));
  }

  int reasonOf(BusRequest access) {
    assertThat(access(access)).isEqualTo(AccessOutcome.blocked());
    if (!isSet(Register.FSTS, FaultStatus.PPF)) {
      return -1;
    }
    int index = (int) FaultStatus.FRI.get(read(Register.FSTS));
    int reason = (int) FaultRecording.FR.get(record(index));
    clearRecord(index);
    return reason;
  }

  int reasonOfRead(long iova) {
    return reasonOf(DeviceAccess.read(DEVICE, new Iova(iova)));
  }

  int reasonOfWrite(long iova) {
    return reasonOf(DeviceAccess.write(DEVICE, new Iova(iova), 1));
  }

  // Queue.

  /** Where the next descriptor goes, in bytes from the base of the queue. */
  long tail() {
    return tail;
  }

  long queueBase() {
    return queue;
  }

  /** Puts descriptors into the queue and rings the doorbell; nothing moves yet. */
  void enqueue(Atom... descriptors) {
    for (Atom descriptor : descriptors) {
      memory.writeAtom(queue + tail, descriptor);
      tail = (tail + InvalidationDescriptor.BYTES) % PAGE_BYTES;
    }
    write(Register.IQT, tail);
  }

  /** Puts descriptors into the queue and lets everything move. */
  void submit(Atom... descriptors) {
    enqueue(descriptors);
    unit.drain();
  }

  /** The machine of the queue. */
  int queueMachine() {
    return unit.machines() - 1;
  }
}
