package org.iommuref.hw.vtd.driver;

import java.util.function.Supplier;
import org.iommuref.hw.device.Endpoints;
import org.iommuref.hw.radix.TableMemory;
import org.iommuref.hw.vtd.layout.Capability;
import org.iommuref.hw.vtd.layout.ExtendedCapability;
import org.iommuref.hw.vtd.layout.GlobalCommand;
import org.iommuref.hw.vtd.layout.Register;
import org.iommuref.hw.vtd.layout.RootTableAddress;
import org.iommuref.hw.vtd.layout.Version;
import org.iommuref.spec.spi.Environment;
import org.iommuref.spec.unit.IommuUnit;

/** One unit under the driver: all that there is once for each unit. */
final class UnitDriver {

  private static final int VERSION_OF_SCALABLE_MODE = 3;

  private final int index;
  private final boolean scalable;
  private final UnitRegisters registers;
  private final InvalidationQueue queue;
  private final UnitParts parts;
  private final DomainIds domainIds;
  private final ContextTables contexts;
  private final ScalableContexts scalableContexts;
  private final FaultRegisters faults;
  private final PageRequestRing pageRequests;
  private final long root;

  /**
   * The driver of a unit in the state after power-on; the unit does not translate yet.
   *
   * @param scalable whether the unit is to translate in scalable mode
   * @param devices those before the units; they are there when the first invalidation is
   */
  UnitDriver(
      int index,
      IommuUnit hardware,
      boolean scalable,
      Environment environment,
      DriverParts choices,
      Supplier<Endpoints> devices) {
    var tables = new TableMemory(environment.memory(), environment.tables(), environment.steps());
    this.index = index;
    this.scalable = scalable;
    this.registers = new UnitRegisters(index, hardware, environment.steps());
    requireUsable();
    this.queue =
        new InvalidationQueue(
            index,
            registers,
            environment.memory(),
            environment.steps(),
            new QueuePages(page(tables), page(tables), scalable),
            choices.queueErrors(
                registers, environment.steps(), device -> devices.get().isPresent(device)),
            choices.submissionOrder());
    this.domainIds =
        new DomainIds(
            index,
            1 << (4 + 2 * (int) registers.capability(Capability.ND)),
            environment.steps(),
            environment.footprint());
    this.root = page(tables);
    this.parts =
        new UnitParts(
            index,
            registers,
            new Invalidations(index, registers, queue, device -> devices.get().queueDepth(device)),
            tables,
            environment.memory(),
            environment.steps());
    this.contexts = choices.contextTables(parts, root);
    this.scalableContexts = choices.scalableContexts(parts, root);
    this.faults = choices.faultRegisters(registers);
    this.pageRequests = choices.pageRequestRing(parts, takesPageRequests() ? page(tables) : 0);
  }

  /** Makes the unit translate; every device is blocked from then on. */
  void start() {
    queue.enable();
    int mode = scalable ? RootTableAddress.TTM_SCALABLE : RootTableAddress.TTM_LEGACY;
    registers.write(Register.RTADDR, RootTableAddress.TTM.put(root, mode));
    registers.command(GlobalCommand.SRTP);
    invalidations().contexts();
    if (scalable) {
      invalidations().pasidEntries();
    }
    invalidations().translations();
    if (takesPageRequests()) {
      pageRequests.enable();
    }
    registers.enable(GlobalCommand.TE);
  }

  /** Makes the next descriptor one that the unit does not know. */
  void damageNext() {
    queue.damageNext();
  }

  int index() {
    return index;
  }

  UnitRegisters registers() {
    return registers;
  }

  UnitParts parts() {
    return parts;
  }

  Invalidations invalidations() {
    return parts.invalidations();
  }

  DomainIds domainIds() {
    return domainIds;
  }

  /** The context entries of legacy mode. */
  ContextTables contexts() {
    return contexts;
  }

  /** The context entries of scalable mode. */
  ScalableContexts scalableContexts() {
    return scalableContexts;
  }

  FaultRegisters faults() {
    return faults;
  }

  /** Where page requests arrive. */
  PageRequestRing pageRequests() {
    return pageRequests;
  }

  private boolean takesPageRequests() {
    return scalable && abilities().scalable().pageRequests();
  }

  UnitAbilities abilities() {
    return registers.abilities();
  }

  /**
   * Whether the unit is one that takes the width of a first stage from AW, though it has no second
   * stage and AW is reserved: QEMU's does. Its version is older than scalable mode itself, which
   * came with version 3.
   */
  boolean firstStageHasWidth() {
    return scalable
        && abilities().prefersFirstStage()
        && !abilities().scalable().secondStage()
        && Version.MAX.get(registers.read(Register.VER)) < VERSION_OF_SCALABLE_MODE;
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
