package org.iommuref.tla;

import java.util.List;
import java.util.Optional;

/**
 * Which configs a check runs.
 *
 * @param models names of models; empty for all
 * @param tier the most that a config may cost; a fault that is named runs whatever its tier
 * @param fault the one fault whose config runs; empty for all configs
 */
public record CheckSelection(List<String> models, Tier tier, Optional<String> fault) {

  /** Copies the list. */
  public CheckSelection {
    models = List.copyOf(models);
  }

  /** Every config of every model up to that tier. */
  public static CheckSelection upTo(Tier tier) {
    return new CheckSelection(List.of(), tier, Optional.empty());
  }

  /** The config of one fault of one model. */
  public static CheckSelection ofFault(String model, String fault) {
    return new CheckSelection(List.of(model), Tier.NIGHTLY, Optional.of(fault));
  }

  boolean includes(ModelConfig config) {
    return fault.isPresent() ? config.fault().equals(fault) : config.tier().compareTo(tier) <= 0;
  }
}
