package org.iommuref.hw.vtd.unit;

/**
 * What a unit is made of beyond legacy mode; a variant replaces a part.
 *
 * @param checks when a request is refused
 * @param scopes what an invalidation takes
 * @param entries what a walk does with the entries that it reads
 * @param deviceTlbs what the unit makes of the answers of device-TLBs
 * @param pageRequests what becomes of a page request
 * @param interruptChecks when an interrupt is refused
 * @param interrupts what becomes of an interrupt
 */
public record ScalableParts(
    ScalableChecks checks,
    PasidScopes scopes,
    EntryRules entries,
    DeviceTlbRules deviceTlbs,
    PageRequestRules pageRequests,
    InterruptChecks interruptChecks,
    InterruptRules interrupts) {

  /** The rules of the manual. */
  static ScalableParts standard() {
    return new ScalableParts(
        ScalableChecks.standard(),
        new PasidScopes() {},
        new EntryRules() {},
        new DeviceTlbRules() {},
        new PageRequestRules() {},
        InterruptChecks.standard(),
        new InterruptRules() {});
  }

  /** The same with other conditions. */
  public ScalableParts with(ScalableChecks other) {
    return new ScalableParts(
        other, scopes, entries, deviceTlbs, pageRequests, interruptChecks, interrupts);
  }

  /** The same with other scopes. */
  public ScalableParts with(PasidScopes other) {
    return new ScalableParts(
        checks, other, entries, deviceTlbs, pageRequests, interruptChecks, interrupts);
  }

  /** The same with other rules of entries. */
  public ScalableParts with(EntryRules other) {
    return new ScalableParts(
        checks, scopes, other, deviceTlbs, pageRequests, interruptChecks, interrupts);
  }

  /** The same with other rules of device-TLBs. */
  public ScalableParts with(DeviceTlbRules other) {
    return new ScalableParts(
        checks, scopes, entries, other, pageRequests, interruptChecks, interrupts);
  }

  /** The same with other rules of page requests. */
  public ScalableParts with(PageRequestRules other) {
    return new ScalableParts(
        checks, scopes, entries, deviceTlbs, other, interruptChecks, interrupts);
  }

  /** The same with other conditions on interrupts. */
  public ScalableParts with(InterruptChecks other) {
    return new ScalableParts(checks, scopes, entries, deviceTlbs, pageRequests, other, interrupts);
  }

  /** The same with other rules of interrupts. */
  public ScalableParts with(InterruptRules other) {
    return new ScalableParts(
        checks, scopes, entries, deviceTlbs, pageRequests, interruptChecks, other);
  }
}
