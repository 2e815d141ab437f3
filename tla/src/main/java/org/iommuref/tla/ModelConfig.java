package org.iommuref.tla;

import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.iommuref.tla.tlc.TlcOutcome;

/**
 * One config of a model, and what TLC must find with it.
 *
 * @param name the config's file without {@code .cfg}
 * @param module the root module
 * @param title what it shows, in one line
 * @param fault the fault that is switched on; empty for the correct model
 * @param expected how the run must end
 * @param violated the invariant or property that must be violated; empty if none
 * @param tier what it costs
 * @param distinctStates how many states there must be; present if {@code expected} is {@code OK}
 * @param depth how many states the longest of the shortest ways must have; present as above
 */
public record ModelConfig(
    String name,
    String module,
    String title,
    Optional<String> fault,
    TlcOutcome expected,
    Optional<String> violated,
    Tier tier,
    OptionalLong distinctStates,
    OptionalInt depth) {}
