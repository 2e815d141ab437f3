package org.iommuref.conformance.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.Map;

/**
 * JSON in the bytes of a file, laid out for a reader: what fits on a line stands on one, the rest
 * is indented. The same tree gives the same bytes everywhere.
 */
public final class JsonText {

  private static final int WIDTH = 120;

  private final StringBuilder text = new StringBuilder();

  private JsonText() {}

  /** The bytes of the file: UTF-8, with a line break at the end. */
  public static byte[] bytes(JsonNode json) {
    JsonText layout = new JsonText();
    layout.write(json, 0, 0);
    return layout.text.append('\n').toString().getBytes(StandardCharsets.UTF_8);
  }

  /** Writes a node at {@code indent} columns; {@code before} more are taken on its line. */
  private void write(JsonNode node, int indent, int before) {
    String line = inOneLine(node);
    if (!node.isContainerNode() || node.isEmpty() || indent + before + line.length() < WIDTH) {
      text.append(line);
    } else if (node.isObject()) {
      text.append('{');
      for (Iterator<Map.Entry<String, JsonNode>> i = node.properties().iterator(); i.hasNext(); ) {
        Map.Entry<String, JsonNode> member = i.next();
        String name = quoted(member.getKey()) + ": ";
        newLine(indent + 2).append(name);
        write(member.getValue(), indent + 2, name.length());
        text.append(i.hasNext() ? "," : "");
      }
      newLine(indent).append('}');
    } else {
      text.append('[');
      for (Iterator<JsonNode> i = node.elements(); i.hasNext(); ) {
        newLine(indent + 2);
        write(i.next(), indent + 2, 0);
        text.append(i.hasNext() ? "," : "");
      }
      newLine(indent).append(']');
    }
  }

  private StringBuilder newLine(int indent) {
    return text.append('\n').append(" ".repeat(indent));
  }

  private static String inOneLine(JsonNode node) {
    StringBuilder line = new StringBuilder();
    String comma = "";
    if (node.isObject()) {
      for (Map.Entry<String, JsonNode> member : node.properties()) {
        line.append(comma).append(quoted(member.getKey())).append(": ");
        line.append(inOneLine(member.getValue()));
        comma = ", ";
      }
      return "{" + line + "}";
    }
    if (node.isArray()) {
      for (JsonNode element : node) {
        line.append(comma).append(inOneLine(element));
        comma = ", ";
      }
      return "[" + line + "]";
    }
    return node.toString();
  }

  private static String quoted(String name) {
    return TextNode.valueOf(name).toString();
  }
}
