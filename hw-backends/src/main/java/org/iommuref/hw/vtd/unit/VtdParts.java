package org.iommuref.hw.vtd.unit;

import java.util.function.Function;
import org.iommuref.hw.cache.CacheMaker;
import org.iommuref.spec.spi.CachePolicy;

/**
 * What a unit is made of: each part holds rules of one kind, and {@link #standard()} has those of
 * the manual. A variant replaces a part.
 *
 * @param configuration what the unit reports of itself
 * @param registers what an access to a register changes
 * @param commands what the commands of GCMD do
 * @param checks when a request is refused
 * @param accessErrors why it is refused where no memory is
 * @param rights how the levels of a walk limit the rights
 * @param geometry where entries lie and what they point to
 * @param cacheRules what cached entries are found by, and what is kept
 * @param caches which cached entries stay and are used, for each policy
 * @param scopes what an invalidation takes
 * @param descriptors what makes a descriptor invalid
 * @param queue what the queue waits for
 * @param faults what is recorded of a fault
 * @param effects what the device sees
 * @param scalable what scalable mode adds
 */
public record VtdParts(
    VtdConfiguration configuration,
    RegisterRules registers,
    CommandRules commands,
    WalkChecks checks,
    AccessErrors accessErrors,
    Rights rights,
    TableGeometry geometry,
    CacheRules cacheRules,
    Function<CachePolicy, CacheMaker> caches,
    InvalidationScopes scopes,
    DescriptorChecks descriptors,
    QueueRules queue,
    FaultRules faults,
    AccessEffects effects,
    ScalableParts scalable) {

  /** The rules of the manual in a unit of the standard configuration. */
  public static VtdParts standard() {
    return new VtdParts(
        VtdConfiguration.standard(),
        new RegisterRules() {},
        new CommandRules() {},
        LegacyChecks.all(),
        AccessErrors.standard(),
        new Rights() {},
        new TableGeometry() {},
        new CacheRules() {},
        CacheMaker::of,
        new InvalidationScopes() {},
        DescriptorChecks.standard(),
        new QueueRules() {},
        new FaultRules() {},
        new AccessEffects() {},
        ScalableParts.standard());
  }

  /** The same as another unit. */
  public VtdParts with(VtdConfiguration other) {
    return new VtdParts(
        other,
        registers,
        commands,
        checks,
        accessErrors,
        rights,
        geometry,
        cacheRules,
        caches,
        scopes,
        descriptors,
        queue,
        faults,
        effects,
        scalable);
  }

  /** The same with other registers. */
  public VtdParts with(RegisterRules other) {
    return new VtdParts(
        configuration,
        other,
        commands,
        checks,
        accessErrors,
        rights,
        geometry,
        cacheRules,
        caches,
        scopes,
        descriptors,
        queue,
        faults,
        effects,
        scalable);
  }

  /** The same with other commands. */
  public VtdParts with(CommandRules other) {
    return new VtdParts(
        configuration,
        registers,
        other,
        checks,
        accessErrors,
        rights,
        geometry,
        cacheRules,
        caches,
        scopes,
        descriptors,
        queue,
        faults,
        effects,
        scalable);
  }

  /** The same with other conditions. */
  public VtdParts with(WalkChecks other) {
    return new VtdParts(
        configuration,
        registers,
        commands,
        other,
        accessErrors,
        rights,
        geometry,
        cacheRules,
        caches,
        scopes,
        descriptors,
        queue,
        faults,
        effects,
        scalable);
  }

  /** The same with other reasons. */
  public VtdParts with(AccessErrors other) {
    return new VtdParts(
        configuration,
        registers,
        commands,
        checks,
        other,
        rights,
        geometry,
        cacheRules,
        caches,
        scopes,
        descriptors,
        queue,
        faults,
        effects,
        scalable);
  }

  /** The same with another rule of rights. */
  public VtdParts with(Rights other) {
    return new VtdParts(
        configuration,
        registers,
        commands,
        checks,
        accessErrors,
        other,
        geometry,
        cacheRules,
        caches,
        scopes,
        descriptors,
        queue,
        faults,
        effects,
        scalable);
  }

  /** The same with other tables. */
  public VtdParts with(TableGeometry other) {
    return new VtdParts(
        configuration,
        registers,
        commands,
        checks,
        accessErrors,
        rights,
        other,
        cacheRules,
        caches,
        scopes,
        descriptors,
        queue,
        faults,
        effects,
        scalable);
  }

  /** The same with other rules of its caches. */
  public VtdParts with(CacheRules other) {
    return new VtdParts(
        configuration,
        registers,
        commands,
        checks,
        accessErrors,
        rights,
        geometry,
        other,
        caches,
        scopes,
        descriptors,
        queue,
        faults,
        effects,
        scalable);
  }

  /** The same with other caches. */
  public VtdParts with(Function<CachePolicy, CacheMaker> other) {
    return new VtdParts(
        configuration,
        registers,
        commands,
        checks,
        accessErrors,
        rights,
        geometry,
        cacheRules,
        other,
        scopes,
        descriptors,
        queue,
        faults,
        effects,
        scalable);
  }

  /** The same with other scopes. */
  public VtdParts with(InvalidationScopes other) {
    return new VtdParts(
        configuration,
        registers,
        commands,
        checks,
        accessErrors,
        rights,
        geometry,
        cacheRules,
        caches,
        other,
        descriptors,
        queue,
        faults,
        effects,
        scalable);
  }

  /** The same with other conditions on descriptors. */
  public VtdParts with(DescriptorChecks other) {
    return new VtdParts(
        configuration,
        registers,
        commands,
        checks,
        accessErrors,
        rights,
        geometry,
        cacheRules,
        caches,
        scopes,
        other,
        queue,
        faults,
        effects,
        scalable);
  }

  /** The same with another queue. */
  public VtdParts with(QueueRules other) {
    return new VtdParts(
        configuration,
        registers,
        commands,
        checks,
        accessErrors,
        rights,
        geometry,
        cacheRules,
        caches,
        scopes,
        descriptors,
        other,
        faults,
        effects,
        scalable);
  }

  /** The same with other records. */
  public VtdParts with(FaultRules other) {
    return new VtdParts(
        configuration,
        registers,
        commands,
        checks,
        accessErrors,
        rights,
        geometry,
        cacheRules,
        caches,
        scopes,
        descriptors,
        queue,
        other,
        effects,
        scalable);
  }

  /** The same with other effects. */
  public VtdParts with(AccessEffects other) {
    return new VtdParts(
        configuration,
        registers,
        commands,
        checks,
        accessErrors,
        rights,
        geometry,
        cacheRules,
        caches,
        scopes,
        descriptors,
        queue,
        faults,
        other,
        scalable);
  }

  /** The same with other parts of scalable mode. */
  public VtdParts with(ScalableParts other) {
    return new VtdParts(
        configuration,
        registers,
        commands,
        checks,
        accessErrors,
        rights,
        geometry,
        cacheRules,
        caches,
        scopes,
        descriptors,
        queue,
        faults,
        effects,
        other);
  }
}
