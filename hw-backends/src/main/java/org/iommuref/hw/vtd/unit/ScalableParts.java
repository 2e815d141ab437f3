package org.iommuref.hw.vtd.unit;

/**
 * What a unit is made of beyond legacy mode; a variant replaces a part.
 *
 * @param checks when a request is refused
 * @param scopes what an invalidation takes
 * @param entries what a walk does with the entries that it reads
 */
public record ScalableParts(ScalableChecks checks, PasidScopes scopes, EntryRules entries) {

  /** The rules of the manual. */
  static ScalableParts standard() {
    return new ScalableParts(ScalableChecks.standard(), new PasidScopes() {}, new EntryRules() {});
  }

  /** The same with other conditions. */
  public ScalableParts with(ScalableChecks other) {
    return new ScalableParts(other, scopes, entries);
  }

  /** The same with other scopes. */
  public ScalableParts with(PasidScopes other) {
    return new ScalableParts(checks, other, entries);
  }

  /** The same with other rules of entries. */
  public ScalableParts with(EntryRules other) {
    return new ScalableParts(checks, scopes, other);
  }
}
