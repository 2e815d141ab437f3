package org.iommuref.tla;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.iommuref.tla.tlc.TlaException;
import org.iommuref.tla.tlc.TlcOutcome;
import org.jspecify.annotations.Nullable;

/** The forms of {@code manifest.json}, in which any field may be absent, and their checks. */
final class ManifestJson {

  private static final Pattern NAME = Pattern.compile("[A-Za-z][A-Za-z0-9_]*");

  private ManifestJson() {}

  private static <T> T required(@Nullable T value, String field) {
    if (value == null) {
      throw new TlaException(field + " is absent");
    }
    return value;
  }

  private static String identifier(@Nullable String value, String field) {
    String name = required(value, field);
    if (!NAME.matcher(name).matches()) {
      throw new TlaException(field + " '" + name + "' is not a name of TLA+");
    }
    return name;
  }

  private static <T> List<T> orEmpty(@Nullable List<T> list) {
    return list == null ? List.of() : list;
  }

  record FileJson(@Nullable List<ModelJson> models) {
    Manifest toManifest() {
      return new Manifest(required(models, "models").stream().map(ModelJson::toModel).toList());
    }
  }

  record LaneJson(
      @Nullable String title, @Nullable List<String> actors, @Nullable List<String> actions) {
    Lane toLane() {
      return new Lane(
          required(title, "title of a lane"), orEmpty(actors), required(actions, "actions"));
    }
  }

  record ModelJson(
      @Nullable String name,
      @Nullable String title,
      @Nullable List<String> modules,
      @Nullable String traceModule,
      @Nullable List<LaneJson> lanes,
      @Nullable List<ConfigJson> configs) {

    Model toModel() {
      String model = identifier(name, "name of a model");
      try {
        return new Model(
            model,
            required(title, "title"),
            required(modules, "modules").stream()
                .map(module -> identifier(module, "module"))
                .toList(),
            Optional.ofNullable(traceModule).map(module -> identifier(module, "traceModule")),
            orEmpty(lanes).stream().map(LaneJson::toLane).toList(),
            required(configs, "configs").stream().map(config -> config.toConfig(model)).toList());
      } catch (TlaException e) {
        throw new TlaException("model " + model + ": " + e.getMessage(), e);
      }
    }
  }

  record ConfigJson(
      @Nullable String config,
      @Nullable String module,
      @Nullable String title,
      @Nullable String fault,
      @Nullable String expected,
      @Nullable String violated,
      @Nullable String tier,
      @Nullable Long distinctStates,
      @Nullable Integer depth) {

    ModelConfig toConfig(String model) {
      String name = identifier(config, "config");
      try {
        ModelConfig read = read(model, name);
        requireWhole(read);
        return read;
      } catch (TlaException e) {
        throw new TlaException("config " + name + ": " + e.getMessage(), e);
      }
    }

    private ModelConfig read(String model, String name) {
      return new ModelConfig(
          name,
          identifier(module == null ? "MC" + model : module, "module"),
          required(title, "title"),
          Optional.ofNullable(fault),
          TlcOutcome.named(required(expected, "expected")).orElseThrow(() -> noOutcome(expected)),
          Optional.ofNullable(violated),
          Tier.named(required(tier, "tier")).orElseThrow(() -> noTier(tier)),
          distinctStates == null ? OptionalLong.empty() : OptionalLong.of(distinctStates),
          depth == null ? OptionalInt.empty() : OptionalInt.of(depth));
    }

    private static void requireWhole(ModelConfig config) {
      boolean ok = config.expected() == TlcOutcome.OK;
      if (ok && (config.distinctStates().isEmpty() || config.depth().isEmpty())) {
        throw new TlaException("a run without a violation states distinctStates and depth");
      }
      if (!ok && (config.distinctStates().isPresent() || config.depth().isPresent())) {
        throw new TlaException("counts of a run that is cut short mean nothing");
      }
      boolean names = config.violated().isPresent();
      if (names != (config.expected() == TlcOutcome.INVARIANT)) {
        throw new TlaException("violated goes with expected 'invariant', and only with it");
      }
    }

    private static TlaException noOutcome(@Nullable String name) {
      return new TlaException("expected '" + name + "' is no outcome of TLC");
    }

    private static TlaException noTier(@Nullable String name) {
      String tiers =
          Arrays.stream(Tier.values()).map(Tier::toString).collect(Collectors.joining(", "));
      return new TlaException("tier '" + name + "' is none of " + tiers);
    }
  }
}
