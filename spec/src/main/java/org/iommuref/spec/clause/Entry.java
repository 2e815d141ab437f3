package org.iommuref.spec.clause;

import java.io.StringReader;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/**
 * One mapping of a YAML file, with the line of each of its fields.
 *
 * <p>A file of the catalogue is a list of mappings whose values are texts, lists of texts, or lists
 * of mappings. Whatever else is found throws a {@link CatalogueException} that names file and line.
 */
final class Entry {

  private final Position position;
  private final Map<String, Field> fields;

  private record Field(Position position, Node value) {}

  private Entry(Position position, Map<String, Field> fields) {
    this.position = position;
    this.fields = fields;
  }

  /** The entries of a file, at least one, in the order of the file. */
  static List<Entry> readAll(String file, String yaml) {
    @Nullable Node root;
    try {
      root = new Yaml(new LoaderOptions()).compose(new StringReader(yaml));
    } catch (MarkedYAMLException e) {
      Mark mark = e.getProblemMark();
      String problem = "malformed YAML: " + e.getProblem();
      throw mark == null
          ? new CatalogueException(file, problem)
          : new CatalogueException(new Position(file, mark.getLine() + 1), problem);
    } catch (YAMLException e) {
      throw new CatalogueException(file, "malformed YAML: " + e.getMessage());
    }
    if (root == null) {
      throw new CatalogueException(file, "no entries");
    }
    return entriesOf(file, root);
  }

  private static List<Entry> entriesOf(String file, Node node) {
    if (!(node instanceof SequenceNode list)) {
      throw new CatalogueException(positionOf(file, node), "a list of entries is wanted here");
    }
    if (list.getValue().isEmpty()) {
      throw new CatalogueException(positionOf(file, node), "no entries");
    }
    List<Entry> entries = new ArrayList<>();
    list.getValue().forEach(item -> entries.add(entryOf(file, item)));
    return List.copyOf(entries);
  }

  private static Entry entryOf(String file, Node node) {
    if (!(node instanceof MappingNode mapping)) {
      throw new CatalogueException(positionOf(file, node), "an entry with fields is wanted here");
    }
    Map<String, Field> fields = new LinkedHashMap<>();
    for (NodeTuple tuple : mapping.getValue()) {
      Position position = positionOf(file, tuple.getKeyNode());
      String name = textOf(position, "a field's name", tuple.getKeyNode());
      if (fields.put(name, new Field(position, tuple.getValueNode())) != null) {
        throw new CatalogueException(position, "field '" + name + "' given twice");
      }
    }
    return new Entry(positionOf(file, node), fields);
  }

  Position position() {
    return position;
  }

  /** The line of a field, or of the whole entry where the field is absent. */
  Position positionOf(String field) {
    Field found = fields.get(field);
    return found == null ? position : found.position();
  }

  boolean has(String field) {
    return fields.containsKey(field);
  }

  void allowOnly(Set<String> names) {
    fields.forEach(
        (name, field) -> {
          if (!names.contains(name)) {
            throw new CatalogueException(field.position(), "unknown field '" + name + "'");
          }
        });
  }

  String text(String field) {
    Field found = required(field);
    return textOf(found.position(), "field '" + field + "'", found.value());
  }

  Optional<String> optionalText(String field) {
    return has(field) ? Optional.of(text(field)) : Optional.empty();
  }

  /** The texts of a list, which may be empty. */
  List<String> texts(String field) {
    Field found = required(field);
    if (!(found.value() instanceof SequenceNode list)) {
      throw new CatalogueException(found.position(), "field '" + field + "' wants a list");
    }
    return list.getValue().stream()
        .map(
            item ->
                textOf(positionOf(found.position().file(), item), "field '" + field + "'", item))
        .toList();
  }

  /** The entries of a list, at least one. */
  List<Entry> entries(String field) {
    Field found = required(field);
    return entriesOf(found.position().file(), found.value());
  }

  private Field required(String name) {
    Field found = fields.get(name);
    if (found == null) {
      throw new CatalogueException(position, "missing field '" + name + "'");
    }
    return found;
  }

  private static String textOf(Position position, String what, Node node) {
    if (!(node instanceof ScalarNode scalar) || scalar.getValue().isBlank()) {
      throw new CatalogueException(position, what + " wants a text");
    }
    return scalar.getValue().strip();
  }

  private static Position positionOf(String file, Node node) {
    return new Position(file, node.getStartMark().getLine() + 1);
  }
}
