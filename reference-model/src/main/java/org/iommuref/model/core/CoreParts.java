package org.iommuref.model.core;

import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.iommuref.spec.backend.DomainType;
import org.iommuref.spec.backend.IommuBackend;
import org.iommuref.spec.backend.PasidBackend;
import org.iommuref.spec.spi.PciFunction;

/**
 * What a core is put together from.
 *
 * @param defaultType the type of default domains: PAGING for the DMA API, IDENTITY for passthrough
 *     where the driver has it
 * @param checks the checks of arguments
 * @param pageSizes the choice of page sizes
 * @param domainSwitch makes the part that changes the domain of a group
 * @param ownership makes the part that keeps owners
 * @param pasids makes the part that sets PASIDs
 * @param mapper makes the part that maps and unmaps
 * @param driver what the core sees of the driver
 * @param pci what the core sees of functions of PCI
 * @param resets makes the part that blocks devices while they are reset
 */
public record CoreParts(
    DomainType defaultType,
    CoreChecks checks,
    PageSizeChoice pageSizes,
    Function<CoreContext, DomainSwitch> domainSwitch,
    BiFunction<CoreContext, DomainSwitch, Ownership> ownership,
    BiFunction<CoreContext, PasidBackend, PasidSwitch> pasids,
    BiFunction<IommuBackend, PageSizeChoice, PageMapper> mapper,
    UnaryOperator<IommuBackend> driver,
    UnaryOperator<PciFunction> pci,
    BiFunction<CoreContext, Ownership, DeviceReset> resets) {

  /** The core as Linux has it, with default domains for the DMA API. */
  public static final CoreParts LINUX =
      new CoreParts(
          DomainType.PAGING,
          CoreChecks.LINUX,
          PageSizeChoice::largestThatFits,
          DomainSwitch::new,
          Ownership::new,
          PasidSwitch::new,
          PageMapper::new,
          UnaryOperator.identity(),
          UnaryOperator.identity(),
          DeviceReset::new);

  /** The same with default domains of another type. */
  public CoreParts withDefault(DomainType other) {
    return new CoreParts(
        other, checks, pageSizes, domainSwitch, ownership, pasids, mapper, driver, pci, resets);
  }

  /** The same with other checks. */
  public CoreParts withChecks(CoreChecks other) {
    return new CoreParts(
        defaultType,
        other,
        pageSizes,
        domainSwitch,
        ownership,
        pasids,
        mapper,
        driver,
        pci,
        resets);
  }

  /** The same with another choice of page sizes. */
  public CoreParts withPageSizes(PageSizeChoice other) {
    return new CoreParts(
        defaultType, checks, other, domainSwitch, ownership, pasids, mapper, driver, pci, resets);
  }

  /** The same with another switch of domains. */
  public CoreParts withDomainSwitch(Function<CoreContext, DomainSwitch> other) {
    return new CoreParts(
        defaultType, checks, pageSizes, other, ownership, pasids, mapper, driver, pci, resets);
  }

  /** The same with another keeper of owners. */
  public CoreParts withOwnership(BiFunction<CoreContext, DomainSwitch, Ownership> other) {
    return new CoreParts(
        defaultType, checks, pageSizes, domainSwitch, other, pasids, mapper, driver, pci, resets);
  }

  /** The same with another switch of PASIDs. */
  public CoreParts withPasids(BiFunction<CoreContext, PasidBackend, PasidSwitch> other) {
    return new CoreParts(
        defaultType,
        checks,
        pageSizes,
        domainSwitch,
        ownership,
        other,
        mapper,
        driver,
        pci,
        resets);
  }

  /** The same with another mapper. */
  public CoreParts withMapper(BiFunction<IommuBackend, PageSizeChoice, PageMapper> other) {
    return new CoreParts(
        defaultType,
        checks,
        pageSizes,
        domainSwitch,
        ownership,
        pasids,
        other,
        driver,
        pci,
        resets);
  }

  /** The same over a driver that is not quite the one it is given. */
  public CoreParts withDriver(UnaryOperator<IommuBackend> other) {
    return new CoreParts(
        defaultType,
        checks,
        pageSizes,
        domainSwitch,
        ownership,
        pasids,
        mapper,
        other,
        pci,
        resets);
  }

  /** The same that takes functions of PCI for others. */
  public CoreParts withPci(UnaryOperator<PciFunction> other) {
    return new CoreParts(
        defaultType,
        checks,
        pageSizes,
        domainSwitch,
        ownership,
        pasids,
        mapper,
        driver,
        other,
        resets);
  }

  /** The same with another part that blocks devices while they are reset. */
  public CoreParts withResets(BiFunction<CoreContext, Ownership, DeviceReset> other) {
    return new CoreParts(
        defaultType,
        checks,
        pageSizes,
        domainSwitch,
        ownership,
        pasids,
        mapper,
        driver,
        pci,
        other);
  }
}
