package org.iommuref.conformance.scenario;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.iommuref.spec.clause.Catalogue;
import org.iommuref.spec.clause.Origin;
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
import org.yaml.snakeyaml.nodes.Tag;

/** One mapping of a YAML file, with the line of each of its fields. */
final class YamlEntry {

  private final String file;
  private final int line;
  private final Map<String, Node> fields;

  private YamlEntry(String file, MappingNode mapping) {
    this.file = file;
    this.line = lineOf(mapping);
    this.fields = new LinkedHashMap<>();
    for (NodeTuple tuple : mapping.getValue()) {
      String name = text(tuple.getKeyNode(), "a field's name");
      if (fields.put(name, tuple.getValueNode()) != null) {
        throw at(tuple.getKeyNode(), "field '" + name + "' given twice");
      }
    }
  }

  /** The mapping that a file is. */
  static YamlEntry read(String file, String yaml) {
    @Nullable Node root;
    try {
      root = new Yaml(new LoaderOptions()).compose(new StringReader(yaml));
    } catch (MarkedYAMLException e) {
      Mark mark = e.getProblemMark();
      int line = mark == null ? 1 : mark.getLine() + 1;
      throw ScenarioException.at(file, line, "malformed YAML: " + e.getProblem());
    } catch (YAMLException e) {
      throw new ScenarioException(file + ": malformed YAML: " + e.getMessage(), e);
    }
    if (root instanceof MappingNode mapping) {
      return new YamlEntry(file, mapping);
    }
    throw ScenarioException.at(file, 1, "a scenario is a mapping: name, title and so on");
  }

  /** What is wrong with a field, or with the entry where the field is absent. */
  ScenarioException wrong(String field, String problem) {
    Node node = fields.get(field);
    return ScenarioException.at(file, node == null ? line : lineOf(node), problem);
  }

  void allowOnly(Set<String> names) {
    fields.forEach(
        (name, value) -> {
          if (!names.contains(name)) {
            throw at(value, "unknown field '" + name + "'");
          }
        });
  }

  boolean has(String field) {
    return fields.containsKey(field);
  }

  Set<String> names() {
    return fields.keySet();
  }

  String text(String field) {
    return text(required(field), "field '" + field + "'");
  }

  int number(String field) {
    String text = text(field);
    try {
      return Integer.parseInt(text);
    } catch (NumberFormatException e) {
      throw wrong(field, "field '" + field + "' wants a whole number, not '" + text + "'");
    }
  }

  /** The mapping that a field holds. */
  YamlEntry entry(String field) {
    if (required(field) instanceof MappingNode mapping) {
      return new YamlEntry(file, mapping);
    }
    throw wrong(field, "field '" + field + "' wants a mapping");
  }

  /** The mappings of the list that a field holds; none if the field is absent. */
  List<YamlEntry> entries(String field) {
    List<YamlEntry> entries = new ArrayList<>();
    for (Node item : items(field)) {
      if (!(item instanceof MappingNode mapping)) {
        throw at(item, "field '" + field + "' wants a list of mappings");
      }
      entries.add(new YamlEntry(file, mapping));
    }
    return entries;
  }

  /** The same, of which there must be one. */
  List<YamlEntry> atLeastOne(String field) {
    List<YamlEntry> entries = entries(field);
    if (entries.isEmpty()) {
      throw wrong(field, "field '" + field + "' wants at least one entry");
    }
    return entries;
  }

  /** The places in sources of the catalogue that the field {@code origin} names. */
  List<Origin> origins(Catalogue catalogue) {
    List<Origin> origins = new ArrayList<>();
    for (YamlEntry origin : atLeastOne("origin")) {
      origin.allowOnly(Set.of("source", "at"));
      String source = origin.text("source");
      if (catalogue.source(source).isEmpty()) {
        throw origin.wrong("source", "unknown source '" + source + "'");
      }
      origins.add(new Origin(source, origin.text("at")));
    }
    return origins;
  }

  /** The texts of the list that a field holds; none if the field is absent. */
  List<String> texts(String field) {
    return items(field).stream().map(item -> text(item, "field '" + field + "'")).toList();
  }

  private List<Node> items(String field) {
    if (!has(field)) {
      return List.of();
    }
    if (required(field) instanceof SequenceNode list) {
      return list.getValue();
    }
    throw wrong(field, "field '" + field + "' wants a list");
  }

  /** The entry as JSON, without some fields. */
  ObjectNode jsonWithout(String... left) {
    ObjectNode object = JsonNodeFactory.instance.objectNode();
    fields.forEach((name, value) -> object.set(name, json(value)));
    return object.remove(List.of(left));
  }

  private JsonNode json(Node node) {
    if (node instanceof MappingNode mapping) {
      return new YamlEntry(file, mapping).jsonWithout();
    }
    if (node instanceof SequenceNode list) {
      ArrayNode array = JsonNodeFactory.instance.arrayNode();
      list.getValue().forEach(item -> array.add(json(item)));
      return array;
    }
    String text = ((ScalarNode) node).getValue();
    if (node.getTag().equals(Tag.INT)) {
      return number(node, text);
    }
    return node.getTag().equals(Tag.BOOL)
        ? BooleanNode.valueOf(Boolean.parseBoolean(text))
        : TextNode.valueOf(text);
  }

  private JsonNode number(Node node, String text) {
    if (!text.matches("-?[0-9]{1,9}")) {
      throw at(node, "a number of 64 bits is a hex string in quotes, not " + text);
    }
    return IntNode.valueOf(Integer.parseInt(text));
  }

  private Node required(String field) {
    Node node = fields.get(field);
    if (node == null) {
      throw ScenarioException.at(file, line, "missing field '" + field + "'");
    }
    return node;
  }

  private String text(Node node, String what) {
    if (node instanceof ScalarNode scalar && !scalar.getValue().isBlank()) {
      return scalar.getValue().strip();
    }
    throw at(node, what + " wants a text");
  }

  private ScenarioException at(Node node, String problem) {
    return ScenarioException.at(file, lineOf(node), problem);
  }

  private static int lineOf(Node node) {
    return node.getStartMark().getLine() + 1;
  }
}
