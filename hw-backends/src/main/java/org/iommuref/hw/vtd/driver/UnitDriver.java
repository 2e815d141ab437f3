package org.iommuref.hw.vtd.driver;

import org.iommuref.hw.radix.TableMemory;
import org.iommuref.hw.vtd.layout.Capability;
import org.iommuref.hw.vtd.layout.ExtendedCapability;
import org.iommuref.hw.vtd.layout.GlobalCommand;
import org.iommuref.hw.vtd.layout.Register;
import org.iommuref.spec.spi.Environment;
import org.iommuref.spec.unit.IommuUnit;

/** One unit under the driver: all that there is once for each unit. */
final class UnitDriver {

  private final int index;
  private final UnitRegisters registers;
  private final InvalidationQueue queue;
  private final DomainIds domainIds;
  private final ContextTables contexts;
  private final FaultRegisters faults;
  private final long root;

  /** The driver of a unit in the state after power-on; the unit does not translate yet. */
  UnitDriver(int index, IommuUnit hardware, Environment environment, DriverParts parts) {
    var tables = new TableMemory(environment.memory(), environment.tables(), environment.steps());
    this.index = index;
    this.registers = new UnitRegisters(index, hardware, environment.steps());
    requireUsable();
    this.queue =
        new InvalidationQueue(
            index,
            registers,
            environment.memory(),
            environment.steps(),
            page(tables),
            page(tables));
    this.domainIds =
        new DomainIds(
            index,
            1 << (4 + 2 * (int) registers.capability(Capability.ND)),
            environment.steps(),
            environment.footprint());
    this.root = page(tables);
    this.contexts =
        parts.contextTables(
            new UnitParts(
                index, registers, queue, tables, environment.memory(), environment.steps()),
            root);
    this.faults = parts.faultRegisters(registers);
  }

  /** Makes the unit translate; every device is blocked from then on. */
  void start() {
    queue.enable();
    registers.write(Register.RTADDR, root);
    registers.command(GlobalCommand.SRTP);
    queue.invalidateContexts();
    queue.invalidateTranslations();
    registers.enable(GlobalCommand.TE);
  }

  int index() {
    return index;
  }

  InvalidationQueue queue() {
    return queue;
  }

  DomainIds domainIds() {
    return domainIds;
  }

  ContextTables contexts() {
    return contexts;
  }

  FaultRegisters faults() {
    return faults;
  }

  UnitAbilities abilities() {
    return registers.abilities();
  }

  private void requireUsable() {
    if (registers.extendedCapability(ExtendedCapability.QI) == 0) {
      throw new IllegalStateException("unit " + index + " has no invalidation queue (ECAP.QI)");
    }
    if (registers.capability(Capability.RWBF) != 0) {
      throw new IllegalStateException("unit " + index + " wants its write buffer flushed (RWBF)");
    }
  }

  private static long page(TableMemory tables) {
    long page = tables.allocate();
    if (page == TableMemory.NO_PAGE) {
      throw new IllegalStateException("no page is left for the tables of a unit");
    }
    return page;
  }
}
