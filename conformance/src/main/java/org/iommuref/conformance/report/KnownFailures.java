package org.iommuref.conformance.report;

import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.iommuref.spec.clause.Catalogue;
import org.iommuref.spec.clause.ClauseId;
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
 * Reads a list of known failures, strictly: a YAML list of entries with the fields {@code clause},
 * {@code seen}, {@code says}, {@code source} and {@code confidence}, and {@code target} or {@code
 * seam} where an entry is of one target or of one seam alone.
 *
 * <p>An entry may say how far the clause fails: {@code failing} has each case that fails by name,
 * and what {@link FailingCase#extent} says of it. A run in which another case of the clause fails,
 * or another check of the same case, is then not what was expected.
 */
public final class KnownFailures {

  private static final String TARGET = "target";
  private static final String SEAM = "seam";
  private static final String FAILING = "failing";
  private static final Set<String> SEAMS = Set.of("1", "2", "3");
  private static final Set<String> FIELDS =
      Set.of("clause", "seen", "says", "source", "confidence");

  private final String file;
  private final Catalogue catalogue;
  private final Map<String, Integer> lines = new LinkedHashMap<>();

  private KnownFailures(String file, Catalogue catalogue) {
    this.file = file;
    this.catalogue = catalogue;
  }

  /**
   * Reads the file.
   *
   * @throws MalformedFileException if it is not such a list, or names a clause that does not exist,
   *     or the same one twice; the message is one line with file and line
   */
  public static List<KnownFailure> read(Path file, Catalogue catalogue)
      throws MalformedFileException {
    String yaml;
    try {
      yaml = Files.readString(file);
    } catch (CharacterCodingException e) {
      throw new MalformedFileException(file + ": not UTF-8");
    } catch (IOException e) {
      throw new MalformedFileException(file + ": cannot be read");
    }
    return new KnownFailures(file.toString(), catalogue).parse(yaml);
  }

  private List<KnownFailure> parse(String yaml) throws MalformedFileException {
    @Nullable Node root = compose(yaml);
    List<KnownFailure> entries = new ArrayList<>();
    if (root == null) {
      return entries;
    }
    if (!(root instanceof SequenceNode list)) {
      throw at(root, "a list of known failures is wanted here");
    }
    for (Node item : list.getValue()) {
      entries.add(entry(item));
    }
    return entries;
  }

  private @Nullable Node compose(String yaml) throws MalformedFileException {
    try {
      return new Yaml(new LoaderOptions()).compose(new StringReader(yaml));
    } catch (MarkedYAMLException e) {
      Mark mark = e.getProblemMark();
      String line = mark == null ? "" : ":" + (mark.getLine() + 1);
      throw new MalformedFileException(file + line + ": malformed YAML: " + e.getProblem());
    } catch (YAMLException e) {
      String problem = String.valueOf(e.getMessage()).lines().findFirst().orElse("");
      throw new MalformedFileException(file + ": malformed YAML: " + problem);
    }
  }

  private KnownFailure entry(Node item) throws MalformedFileException {
    if (!(item instanceof MappingNode mapping)) {
      throw at(item, "an entry with fields is wanted here");
    }
    Map<String, ScalarNode> fields = fields(mapping);
    ClauseId clause = clause(required(fields, "clause", item));
    ScalarNode named = fields.get(TARGET);
    String target = named == null ? "" : named.getValue().strip();
    int seam = seam(fields.get(SEAM));
    Map<String, String> failing = failing(mapping);
    Integer first = lines.putIfAbsent(clause + " " + target + " " + seam, line(item));
    if (first != null) {
      throw at(item, clause + " is listed already, at line " + first);
    }
    return new KnownFailure(
        clause,
        target,
        required(fields, "seen", item).getValue().strip(),
        required(fields, "says", item).getValue().strip(),
        required(fields, "source", item).getValue().strip(),
        required(fields, "confidence", item).getValue().strip(),
        seam,
        failing);
  }

  private int seam(@Nullable ScalarNode field) throws MalformedFileException {
    if (field == null) {
      return 0;
    }
    String number = field.getValue().strip();
    if (!SEAMS.contains(number)) {
      throw at(field, "a seam is 1, 2 or 3");
    }
    return Integer.parseInt(number);
  }

  private static String nameOf(NodeTuple tuple) {
    return tuple.getKeyNode() instanceof ScalarNode key ? key.getValue() : "";
  }

  private Map<String, String> failing(MappingNode entry) throws MalformedFileException {
    Map<String, String> cases = new LinkedHashMap<>();
    for (NodeTuple tuple : entry.getValue()) {
      if (nameOf(tuple).equals(FAILING)) {
        if (!cases.isEmpty()) {
          throw at(tuple.getKeyNode(), "field '" + FAILING + "' given twice");
        }
        if (!(tuple.getValueNode() instanceof MappingNode named) || named.getValue().isEmpty()) {
          throw at(tuple.getKeyNode(), "field '" + FAILING + "' wants names of cases");
        }
        for (NodeTuple one : named.getValue()) {
          cases.put(nameOf(one), extent(one));
        }
      }
    }
    return cases;
  }

  private String extent(NodeTuple one) throws MalformedFileException {
    if (!(one.getValueNode() instanceof ScalarNode text)
        || !text.getValue().matches("[0-9]+ checks?, [0-9a-f]{8}")) {
      throw at(one.getKeyNode(), "a number of checks and eight hexadecimal digits are wanted here");
    }
    return text.getValue();
  }

  private ScalarNode required(Map<String, ScalarNode> fields, String name, Node item)
      throws MalformedFileException {
    ScalarNode field = fields.get(name);
    if (field == null) {
      throw at(item, "missing field '" + name + "'");
    }
    return field;
  }

  private Map<String, ScalarNode> fields(MappingNode mapping) throws MalformedFileException {
    Map<String, ScalarNode> fields = new LinkedHashMap<>();
    for (NodeTuple tuple : mapping.getValue()) {
      String name = nameOf(tuple);
      if (name.equals(FAILING)) {
        continue;
      }
      if (!FIELDS.contains(name) && !name.equals(TARGET) && !name.equals(SEAM)) {
        throw at(tuple.getKeyNode(), "unknown field '" + name + "'");
      }
      if (!(tuple.getValueNode() instanceof ScalarNode value) || value.getValue().isBlank()) {
        throw at(tuple.getKeyNode(), "field '" + name + "' wants a text");
      }
      if (fields.put(name, value) != null) {
        throw at(tuple.getKeyNode(), "field '" + name + "' given twice");
      }
    }
    return fields;
  }

  private ClauseId clause(ScalarNode field) throws MalformedFileException {
    try {
      return catalogue.cited(field.getValue().strip()).id();
    } catch (IllegalArgumentException e) {
      throw at(field, String.valueOf(e.getMessage()));
    }
  }

  private MalformedFileException at(Node node, String problem) {
    return new MalformedFileException(file + ":" + line(node) + ": " + problem);
  }

  private static int line(Node node) {
    return node.getStartMark().getLine() + 1;
  }
}
