package org.iommuref.hw.vtd.bench;

import org.iommuref.hw.vtd.layout.Capability;
import org.iommuref.hw.vtd.layout.Field;
import org.iommuref.hw.vtd.layout.FirstStageEntry;
import org.iommuref.hw.vtd.layout.GlobalCommand;
import org.iommuref.hw.vtd.layout.PasidDirectoryEntry;
import org.iommuref.hw.vtd.layout.PasidEntry;
import org.iommuref.hw.vtd.layout.Register;
import org.iommuref.hw.vtd.layout.RootEntry;
import org.iommuref.hw.vtd.layout.RootTableAddress;
import org.iommuref.hw.vtd.layout.ScalableContextEntry;
import org.iommuref.hw.vtd.layout.ScalableRootEntry;
import org.iommuref.hw.vtd.layout.SecondStageEntry;
import org.iommuref.hw.vtd.unit.VtdConfiguration;
import org.iommuref.hw.vtd.unit.VtdParts;
import org.iommuref.hw.vtd.unit.VtdUnit;
import org.iommuref.spec.memory.Memory.Atom;
import org.iommuref.spec.memory.SystemMemory;
import org.iommuref.spec.spi.CachePolicy;
import org.iommuref.spec.step.Footprint;

/** A unit with realistic caches and the memory around it; its tables are written by hand. */
final class BenchUnit {

  private static final int PAGE_BYTES = 4096;
  private static final long MEMORY_BYTES = 1L << 40;
  private static final long FIRST_TABLE = 0x10_0000;
  private static final int DIRECTORY_SIZE = 0;

  final SystemMemory memory;
  final VtdUnit unit;
  final long queue;
  private final VtdConfiguration configuration;
  private final long rootTable;
  private long nextTable = FIRST_TABLE;
  private long levels;

  /** A unit that translates in legacy or in scalable mode; no device has a context entry. */
  BenchUnit(boolean scalable, Footprint footprint) {
    configuration = scalable ? VtdConfiguration.scalable() : VtdConfiguration.standard();
    memory = SystemMemory.ofSize(MEMORY_BYTES, footprint);
    unit =
        new VtdUnit(
            VtdParts.standard().with(configuration),
            memory,
            new UnheardSteps(),
            Footprint.NONE,
            CachePolicy.REALISTIC);
    queue = table();
    rootTable = table();
    int mode = scalable ? RootTableAddress.TTM_SCALABLE : RootTableAddress.TTM_LEGACY;
    write(Register.RTADDR, RootTableAddress.TTM.put(rootTable, mode));
    write(Register.GCMD, GlobalCommand.SRTP.mask());
    write(Register.IQA, queue);
    turnOn(GlobalCommand.QIE);
    turnOn(GlobalCommand.TE);
  }

  private void turnOn(Field level) {
    levels |= level.mask();
    write(Register.GCMD, levels);
  }

  int offset(Register register) {
    return register.offset(configuration.capability(), configuration.extendedCapability());
  }

  void write(Register register, long value) {
    unit.writeRegister(offset(register), register.width(), value);
  }

  int faultRecords() {
    return 1 + (int) Capability.NFR.get(configuration.capability());
  }

  /** A page of zeros for a table. */
  long table() {
    long table = nextTable;
    nextTable += PAGE_BYTES;
    return table;
  }

  /** The bytes of all tables but the queue. */
  long tableBytes() {
    return nextTable - FIRST_TABLE - PAGE_BYTES;
  }

  /** Gives a device a context entry of legacy mode. */
  void attach(int rid, Atom entry) {
    long root = rootTable + RootEntry.offset(rid >>> 8);
    if (!RootEntry.P.isSet(memory.readLong(root))) {
      memory.writeAtom(root, RootEntry.present(table()));
    }
    long contexts = RootEntry.CTP.address(memory.readLong(root));
    memory.writeAtom(contexts + 16L * (rid & 0xff), entry);
  }

  /** Gives a PASID of a device an entry of scalable mode; the device has no other PASID. */
  void attach(int rid, int pasid, long[] entry) {
    long root = rootTable + RootEntry.offset(rid >>> 8) + ((rid & 0x80) == 0 ? 0 : 8);
    if (!ScalableRootEntry.P.isSet(memory.readLong(root))) {
      memory.writeLong(root, ScalableRootEntry.of(table(), 0).low());
    }
    long context =
        ScalableRootEntry.CTP.address(memory.readLong(root))
            + ScalableContextEntry.offset(rid & 0xff);
    long directory = table();
    memory.writeAtom(context, ScalableContextEntry.present(directory, DIRECTORY_SIZE, 0));
    long pasids = table();
    memory.writeLong(
        directory + PasidDirectoryEntry.offset(pasid), PasidDirectoryEntry.present(pasids));
    for (int i = 0; i < entry.length; i++) {
      memory.writeLong(pasids + PasidEntry.offset(pasid) + 8L * i, entry[i]);
    }
  }

  /** Maps a page of 4 KiB in a second stage of some levels. */
  void mapSecond(long top, int levels, long address, long page) {
    long table = top;
    for (int level = levels; level > 1; level--) {
      long at = table + 8L * SecondStageEntry.index(address, level);
      if (memory.readLong(at) == 0) {
        memory.writeLong(at, SecondStageEntry.table(table()));
      }
      table = SecondStageEntry.ADDR.address(memory.readLong(at));
    }
    memory.writeLong(
        table + 8L * SecondStageEntry.index(address, 1),
        SecondStageEntry.leaf(page, 1, true, true));
  }

  /** Maps a page of 4 KiB in a first stage of four levels whose tables are in the host. */
  void mapFirst(long top, long address, long page) {
    long table = top;
    for (int level = 4; level > 1; level--) {
      long at = table + 8L * SecondStageEntry.index(address, level);
      if (memory.readLong(at) == 0) {
        memory.writeLong(at, FirstStageEntry.table(table()) | FirstStageEntry.A.mask());
      }
      table = FirstStageEntry.ADDR.address(memory.readLong(at));
    }
    memory.writeLong(table + 8L * SecondStageEntry.index(address, 1), usedLeaf(page));
  }

  /** A leaf of a first stage whose flags need no update. */
  static long usedLeaf(long page) {
    return FirstStageEntry.leaf(page, 1, true)
        | FirstStageEntry.A.mask()
        | FirstStageEntry.D.mask();
  }
}
