package org.iommuref.spec.iommufd.uapi;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalInt;
import org.iommuref.spec.iommufd.uapi.Structure.Place;
import org.jspecify.annotations.Nullable;

/**
 * Every command and structure that programs use, by name: what Linux 7.2 has.
 *
 * <p>The suite passes structures by these layouts and not by those of any implementation.
 */
public final class Uapi {

  private static final String RESOURCE = "/org/iommuref/spec/uapi/iommufd.yaml";
  private static final Uapi LINUX = read();

  private final Map<String, Command> commands = new LinkedHashMap<>();
  private final Map<String, Structure> structures = new LinkedHashMap<>();

  private Uapi() {}

  /** The interface of Linux 7.2. */
  public static Uapi linux() {
    return LINUX;
  }

  /** The commands by name, in the order of their numbers. */
  public Map<String, Command> commands() {
    return Map.copyOf(commands);
  }

  /**
   * The command of that name.
   *
   * @throws IllegalArgumentException if there is none
   */
  public Command command(String name) {
    return named(commands.get(name), "command", name);
  }

  /**
   * The structure of that name that no command takes.
   *
   * @throws IllegalArgumentException if there is none
   */
  public Structure structure(String name) {
    return named(structures.get(name), "structure", name);
  }

  private static <T> T named(@Nullable T found, String what, String name) {
    if (found == null) {
      throw new IllegalArgumentException("there is no " + what + " " + name);
    }
    return found;
  }

  private static Uapi read() {
    Uapi uapi = new Uapi();
    try (InputStream in = Uapi.class.getResourceAsStream(RESOURCE)) {
      if (in == null) {
        throw new IllegalStateException(RESOURCE + " is absent");
      }
      new YAMLMapper().readTree(in).forEach(uapi::add);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return uapi;
  }

  private void add(JsonNode entry) {
    boolean isCommand = entry.has("command");
    String name = entry.path(isCommand ? "command" : "struct").textValue();
    Map<String, Place> fields = new LinkedHashMap<>();
    entry
        .path("fields")
        .properties()
        .forEach(
            field ->
                fields.put(
                    field.getKey(),
                    new Place(
                        field.getValue().get(0).intValue(), field.getValue().get(1).intValue())));
    Structure structure = new Structure(name, entry.path("size").intValue(), fields);
    if (isCommand) {
      OptionalInt operation =
          entry.has("op") ? OptionalInt.of(entry.path("op").intValue()) : OptionalInt.empty();
      commands.put(name, new Command(name, entry.path("number").intValue(), operation, structure));
    } else {
      structures.put(name, structure);
    }
  }
}
