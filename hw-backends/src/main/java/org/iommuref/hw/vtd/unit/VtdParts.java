package org.iommuref.hw.vtd.unit;

import java.util.function.Function;
import org.iommuref.hw.cache.CacheMaker;
import org.iommuref.spec.spi.CachePolicy;

/**
 * What a unit is made of: each part holds rules of one kind, and {@link #standard()} has those of
 * the manual. A variant replaces a part.
 *
 * @param configuration what the unit reports of itself
 * @param checks when a request is refused
 * @param accessErrors why it is refused where no memory is
 * @param rights how the levels of a walk limit the rights
 * @param geometry where entries lie and what they point to
 * @param tags what cached entries are found by
 * @param caches which cached entries are kept and used, for each policy
 * @param scopes what an invalidation takes
 * @param descriptors what makes a descriptor invalid
 * @param queue what the queue waits for
 * @param faults what is recorded of a fault
 * @param effects what the device sees
 */
public record VtdParts(
    VtdConfiguration configuration,
    WalkChecks checks,
    AccessErrors accessErrors,
    Rights rights,
    TableGeometry geometry,
    CacheTags tags,
    Function<CachePolicy, CacheMaker> caches,
    InvalidationScopes scopes,
    DescriptorChecks descriptors,
    QueueRules queue,
    FaultRules faults,
    AccessEffects effects) {

  /** The rules of the manual in a unit of the standard configuration. */
  public static VtdParts standard() {
    return new VtdParts(
        VtdConfiguration.standard(),
        LegacyChecks.all(),
        AccessErrors.standard(),
        new Rights() {},
        new TableGeometry() {},
        new CacheTags() {},
        CacheMaker::of,
        new InvalidationScopes() {},
        DescriptorChecks.standard(),
        new QueueRules() {},
        new FaultRules() {},
        new AccessEffects() {});
  }

  /** The same as another unit. */
  public VtdParts with(VtdConfiguration other) {
    return new VtdParts(
        other,
        checks,
        accessErrors,
        rights,
        geometry,
        tags,
        caches,
        scopes,
        descriptors,
        queue,
        faults,
        effects);
  }

  /** The same with other conditions. */
  public VtdParts with(WalkChecks other) {
    return new VtdParts(
        configuration,
        other,
        accessErrors,
        rights,
        geometry,
        tags,
        caches,
        scopes,
        descriptors,
        queue,
        faults,
        effects);
  }

  /** The same with other reasons. */
  public VtdParts with(AccessErrors other) {
    return new VtdParts(
        configuration,
        checks,
        other,
        rights,
        geometry,
        tags,
        caches,
        scopes,
        descriptors,
        queue,
        faults,
        effects);
  }

  /** The same with another rule of rights. */
  public VtdParts with(Rights other) {
    return new VtdParts(
        configuration,
        checks,
        accessErrors,
        other,
        geometry,
        tags,
        caches,
        scopes,
        descriptors,
        queue,
        faults,
        effects);
  }

  /** The same with other tables. */
  public VtdParts with(TableGeometry other) {
    return new VtdParts(
        configuration,
        checks,
        accessErrors,
        rights,
        other,
        tags,
        caches,
        scopes,
        descriptors,
        queue,
        faults,
        effects);
  }

  /** The same with other tags. */
  public VtdParts with(CacheTags other) {
    return new VtdParts(
        configuration,
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
        effects);
  }

  /** The same with other caches. */
  public VtdParts with(Function<CachePolicy, CacheMaker> other) {
    return new VtdParts(
        configuration,
        checks,
        accessErrors,
        rights,
        geometry,
        tags,
        other,
        scopes,
        descriptors,
        queue,
        faults,
        effects);
  }

  /** The same with other scopes. */
  public VtdParts with(InvalidationScopes other) {
    return new VtdParts(
        configuration,
        checks,
        accessErrors,
        rights,
        geometry,
        tags,
        caches,
        other,
        descriptors,
        queue,
        faults,
        effects);
  }

  /** The same with other conditions on descriptors. */
  public VtdParts with(DescriptorChecks other) {
    return new VtdParts(
        configuration,
        checks,
        accessErrors,
        rights,
        geometry,
        tags,
        caches,
        scopes,
        other,
        queue,
        faults,
        effects);
  }

  /** The same with another queue. */
  public VtdParts with(QueueRules other) {
    return new VtdParts(
        configuration,
        checks,
        accessErrors,
        rights,
        geometry,
        tags,
        caches,
        scopes,
        descriptors,
        other,
        faults,
        effects);
  }

  /** The same with other records. */
  public VtdParts with(FaultRules other) {
    return new VtdParts(
        configuration,
        checks,
        accessErrors,
        rights,
        geometry,
        tags,
        caches,
        scopes,
        descriptors,
        queue,
        other,
        effects);
  }

  /** The same with other effects. */
  public VtdParts with(AccessEffects other) {
    return new VtdParts(
        configuration,
        checks,
        accessErrors,
        rights,
        geometry,
        tags,
        caches,
        scopes,
        descriptors,
        queue,
        faults,
        other);
  }
}
