package org.iommuref.conformance.cases;

import static org.iommuref.conformance.cases.Scene.PAGE;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import org.iommuref.spec.access.Iova;
import org.iommuref.spec.backend.DomainId;
import org.iommuref.spec.backend.Prot;
import org.iommuref.spec.clause.Capability;
import org.iommuref.spec.iommufd.call.Bytes;
import org.iommuref.spec.memory.PhysAddr;
import org.iommuref.spec.operation.AllocateNested;
import org.iommuref.spec.operation.AllocatePaging;
import org.iommuref.spec.operation.EnforceCoherency;
import org.iommuref.spec.operation.InvalidateNested;
import org.iommuref.spec.operation.MapPages;
import org.iommuref.spec.operation.Operation;
import org.iommuref.spec.operation.ReadDirty;
import org.iommuref.spec.operation.SyncMap;
import org.iommuref.spec.operation.UnmapPages;
import org.iommuref.spec.operation.WriteMemory;

/**
 * A user's table of the first stage of VT-d with four levels, in pages that a domain beneath maps.
 *
 * <p>For the user it lies at {@link #GUEST}: a page for each level, the highest last, one more for
 * the lowest level, and four pages of data. Two addresses lead to the first two pages of data.
 *
 * @param pages of the case
 * @param parent the domain beneath
 * @param nested the domain of the table
 */
record GuestTable(Pages pages, int parent, int nested) {

  /** Where the user's memory begins, in its own addresses. */
  static final long GUEST = 0x10_0000L;

  /** The first address that the table translates. */
  static final long ADDRESS = 0x7000L;

  static final int SECOND_LOWEST = 2;
  private static final int LEVELS = 4;
  private static final int OTHER_TABLE = 4;
  private static final int FIRST_DATA = 5;
  static final int PAGES = 9;
  private static final int FIRST_HOST_PAGE = 20;
  private static final int TYPE = 1;
  private static final int INVALIDATION = 0;
  private static final int STRUCTURE = 24;
  private static final int WIDTH = 48;
  private static final long TABLE = 0x7;
  private static final long READ = 0x5;
  private static final long READ_WRITE = 0x7;

  /** Both domains, the one beneath with all pages of the user mapped. */
  Scene nested(Scene scene, boolean tracksDirty) {
    return filled(allocated(scene, tracksDirty));
  }

  /** The same, the one beneath enforcing cache coherency. */
  Scene coherent(Scene scene) {
    return filled(allocated(scene, false).add(new EnforceCoherency(new DomainId(parent))));
  }

  private Scene allocated(Scene scene, boolean tracksDirty) {
    return scene
        .needs(Capability.NESTING, Capability.VTD_SCALABLE)
        .add(new AllocatePaging(new DomainId(parent), Scene.FIRST, true, tracksDirty));
  }

  private Scene filled(Scene scene) {
    filling().forEach(scene::add);
    return scene;
  }

  /** What maps the pages of the user, fills the table, and allocates its domain. */
  List<Operation<?>> filling() {
    List<Operation<?>> all = new ArrayList<>();
    for (int number = 0; number < PAGES; number++) {
      all.addAll(mapping(number));
    }
    for (int level = LEVELS; level > 1; level--) {
      all.add(entry(level, ADDRESS, table(level - 1) | TABLE));
    }
    all.add(leaf(ADDRESS, 0));
    all.add(leaf(ADDRESS + PAGE, 1));
    all.add(again(nested, WIDTH));
    return all;
  }

  /** What maps a page of the user by its number, and makes that seen. */
  List<Operation<?>> mapping(int number) {
    Iova at = new Iova(GUEST + number * PAGE);
    PhysAddr page = new PhysAddr(host(number));
    DomainId beneath = new DomainId(parent);
    return List.of(
        new MapPages(beneath, at, page, PAGE, 1, Prot.READ_WRITE), new SyncMap(beneath, at, PAGE));
  }

  /** What unmaps a page of the user by its number; the gather has the number of the domain. */
  UnmapPages unmapping(int number) {
    return new UnmapPages(new DomainId(parent), new Iova(GUEST + number * PAGE), PAGE, 1, parent);
  }

  /** A domain of that name for the table at an address of the user. */
  AllocateNested allocate(int domain, int width, long table) {
    ByteBuffer structure = ByteBuffer.allocate(STRUCTURE).order(ByteOrder.LITTLE_ENDIAN);
    structure.putLong(8, table).putInt(16, width);
    return new AllocateNested(
        new DomainId(domain), Scene.FIRST, new DomainId(parent), TYPE, Bytes.of(structure.array()));
  }

  /** A domain of that name for this table. */
  AllocateNested again(int domain, int width) {
    return allocate(domain, width, table(LEVELS));
  }

  /** An address leads to a page of data, for reads and writes. */
  WriteMemory leaf(long address, int data) {
    return entry(1, address, data(data) | READ_WRITE);
  }

  /** An address leads to a page of data, for reads alone. */
  WriteMemory readOnly(long address, int data) {
    return entry(1, address, data(data) | READ);
  }

  /** An address leads somewhere in the user's memory. */
  WriteMemory leafTo(long address, long guest) {
    return entry(1, address, guest | READ_WRITE);
  }

  /** An address leads nowhere. */
  WriteMemory nothing(long address) {
    return entry(1, address, 0);
  }

  /** The lowest table is exchanged for the other one. */
  WriteMemory otherTable() {
    return entry(SECOND_LOWEST, ADDRESS, (GUEST + OTHER_TABLE * PAGE) | TABLE);
  }

  /** The lowest table is what it was at first. */
  WriteMemory firstTable() {
    return entry(SECOND_LOWEST, ADDRESS, lowestTable() | TABLE);
  }

  /** In the other table an address leads to a page of data. */
  WriteMemory leafOfOtherTable(long address, int data) {
    return new WriteMemory(
        new PhysAddr(host(OTHER_TABLE) + 8 * index(1, address)), data(data) | READ_WRITE);
  }

  /** Where the user finds a page of data. */
  long data(int number) {
    return GUEST + (FIRST_DATA + number) * PAGE;
  }

  /** Where the user finds the lowest table. */
  long lowestTable() {
    return table(1);
  }

  /** The page of the other table, in memory. */
  long otherTablePage() {
    return host(OTHER_TABLE);
  }

  /** What is cached of pages from an address on is made unusable; leaves alone have changed. */
  InvalidateNested invalidate(long address, long count) {
    return invalidate(List.of(order(address, count, 1)));
  }

  /** The same of what is above the leaves too. */
  InvalidateNested invalidateTables(long address, long count) {
    return invalidate(List.of(order(address, count, 0)));
  }

  /** Everything is. */
  InvalidateNested invalidateAll() {
    return invalidate(List.of(order(0, -1, 0)));
  }

  InvalidateNested invalidate(List<byte[]> entries) {
    List<Bytes> bytes = new ArrayList<>();
    entries.forEach(entry -> bytes.add(Bytes.of(entry)));
    return new InvalidateNested(new DomainId(nested), INVALIDATION, bytes);
  }

  /** An entry of an invalidation. */
  static byte[] order(long address, long count, int flags) {
    ByteBuffer structure = ByteBuffer.allocate(STRUCTURE).order(ByteOrder.LITTLE_ENDIAN);
    return structure.putLong(0, address).putLong(8, count).putInt(16, flags).array();
  }

  /** What devices have written of all pages of the user, which is clean then. */
  ReadDirty query() {
    return new ReadDirty(new DomainId(parent), new Iova(GUEST), PAGES * PAGE, true, 1);
  }

  private WriteMemory entry(int level, long address, long value) {
    return new WriteMemory(new PhysAddr(host(level - 1) + 8 * index(level, address)), value);
  }

  private static long index(int level, long address) {
    return (address >>> (12 + 9 * (level - 1))) & 511;
  }

  private static long table(int level) {
    return GUEST + (level - 1) * PAGE;
  }

  private long host(int number) {
    return pages.small(FIRST_HOST_PAGE + number);
  }
}
