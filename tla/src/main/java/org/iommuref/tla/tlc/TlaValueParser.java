package org.iommuref.tla.tlc;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** Reads one value from its text, by recursive descent. */
final class TlaValueParser {

  private final String text;
  private int at;

  TlaValueParser(String text) {
    this.text = text;
  }

  TlaValue whole() {
    TlaValue value = value();
    skipSpace();
    if (at != text.length()) {
      throw unreadable();
    }
    return value;
  }

  private TlaValue value() {
    if (accept("<<")) {
      return new TlaValue.Tuple(list(">>"));
    }
    if (accept("{")) {
      return new TlaValue.Members(list("}"));
    }
    if (accept("[")) {
      return new TlaValue.Fields(fields());
    }
    if (accept("(")) {
      return new TlaValue.Mapping(images());
    }
    return atom();
  }

  private List<TlaValue> list(String close) {
    List<TlaValue> values = new ArrayList<>();
    while (!accept(close)) {
      if (!values.isEmpty()) {
        expect(",");
      }
      values.add(value());
    }
    return values;
  }

  private SortedMap<String, TlaValue> fields() {
    SortedMap<String, TlaValue> fields = new TreeMap<>();
    while (!accept("]")) {
      if (!fields.isEmpty()) {
        expect(",");
      }
      String name = atom().text();
      expect("|->");
      fields.put(name, value());
    }
    return fields;
  }

  private Map<TlaValue, TlaValue> images() {
    Map<TlaValue, TlaValue> images = new LinkedHashMap<>();
    while (!accept(")")) {
      if (!images.isEmpty()) {
        expect("@@");
      }
      TlaValue argument = value();
      expect(":>");
      images.put(argument, value());
    }
    return images;
  }

  private TlaValue.Atom atom() {
    skipSpace();
    int start = at;
    if (at < text.length() && text.charAt(at) == '"') {
      endOfString();
    } else {
      // A range of numbers, as 1..3, is printed like this too; it stays one atom.
      while (at < text.length() && isPartOfAtom(text.charAt(at))) {
        at++;
      }
    }
    if (at == start) {
      throw unreadable();
    }
    return new TlaValue.Atom(text.substring(start, at));
  }

  private void endOfString() {
    at++;
    while (at < text.length() && text.charAt(at) != '"') {
      at += text.charAt(at) == '\\' ? 2 : 1;
    }
    at++;
    if (at > text.length()) {
      throw unreadable();
    }
  }

  private static boolean isPartOfAtom(char c) {
    return Character.isLetterOrDigit(c) || c == '_' || c == '-' || c == '.' || c == '!';
  }

  private boolean accept(String token) {
    skipSpace();
    if (!text.startsWith(token, at)) {
      return false;
    }
    at += token.length();
    return true;
  }

  private void expect(String token) {
    if (!accept(token)) {
      throw unreadable();
    }
  }

  private void skipSpace() {
    while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
      at++;
    }
  }

  private TlaException unreadable() {
    return new TlaException(
        "not a TLA+ value at character " + (at + 1) + ": " + text.replaceAll("\\s+", " "));
  }
}
