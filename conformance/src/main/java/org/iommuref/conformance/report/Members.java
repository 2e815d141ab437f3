package org.iommuref.conformance.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;

/**
 * The members of a JSON object of a file, each of the type that is wanted.
 *
 * @param node the object
 * @param place where it stands in the file, as {@code steps[2].request}; empty for the whole file
 */
record Members(ObjectNode node, String place) {

  boolean has(String name) {
    return node.has(name);
  }

  String text(String name) throws MalformedFileException {
    JsonNode value = value(name);
    if (!value.isTextual()) {
      throw wrong(name, "must be a text");
    }
    return value.textValue();
  }

  int number(String name) throws MalformedFileException {
    JsonNode value = value(name);
    if (!value.isInt()) {
      throw wrong(name, "must be a number of 32 bits");
    }
    return value.intValue();
  }

  boolean truth(String name) throws MalformedFileException {
    JsonNode value = value(name);
    if (!value.isBoolean()) {
      throw wrong(name, "must be true or false");
    }
    return value.booleanValue();
  }

  /** A number of 64 bits, written as a text of decimal digits. */
  long decimal(String name) throws MalformedFileException {
    try {
      return Long.parseLong(text(name));
    } catch (NumberFormatException e) {
      throw wrong(name, "must be a decimal number of 64 bits, as a text");
    }
  }

  Members object(String name) throws MalformedFileException {
    return object(value(name), name);
  }

  /** The objects of a list, at least one. */
  List<Members> objects(String name) throws MalformedFileException {
    JsonNode value = value(name);
    if (!value.isArray() || value.isEmpty()) {
      throw wrong(name, "must be a list that is not empty");
    }
    List<Members> objects = new ArrayList<>();
    for (int i = 0; i < value.size(); i++) {
      objects.add(object(value.get(i), name + "[" + i + "]"));
    }
    return objects;
  }

  MalformedFileException wrong(String name, String problem) {
    return new MalformedFileException("\"" + path(name) + "\" " + problem);
  }

  private Members object(JsonNode value, String name) throws MalformedFileException {
    if (value instanceof ObjectNode object) {
      return new Members(object, path(name));
    }
    throw wrong(name, "must be an object");
  }

  private JsonNode value(String name) throws MalformedFileException {
    JsonNode value = node.get(name);
    if (value == null) {
      throw wrong(name, "is missing");
    }
    return value;
  }

  private String path(String name) {
    return place.isEmpty() ? name : place + "." + name;
  }
}
