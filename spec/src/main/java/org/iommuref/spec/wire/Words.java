package org.iommuref.spec.wire;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The form of an enumeration: one word for each constant. */
final class Words<E> implements Form<E> {

  private final Map<E, String> words;
  private final Map<String, E> constants = new LinkedHashMap<>();

  private Words(E[] all, Function<E, String> word) {
    words = new LinkedHashMap<>();
    for (E constant : all) {
      words.put(constant, word.apply(constant));
      constants.put(word.apply(constant), constant);
    }
  }

  /** Each constant by the word that the function gives. */
  static <E extends Enum<E>> Form<E> of(Class<E> type, Function<E, String> word) {
    return new Words<>(type.getEnumConstants(), word);
  }

  /** Each constant by its name in lower case. */
  static Form<?> lowerCase(Class<?> type) {
    return new Words<Object>(
        type.getEnumConstants(), constant -> constant.toString().toLowerCase(Locale.ROOT));
  }

  @Override
  public JsonNode write(E value) {
    return TextNode.valueOf(words.get(value));
  }

  @Override
  public E read(JsonNode json, String place) {
    E constant = json.isTextual() ? constants.get(json.textValue()) : null;
    if (constant == null) {
      String all =
          constants.keySet().stream().map(w -> '"' + w + '"').collect(Collectors.joining(", "));
      throw WireException.expected(place, "one of " + all, json);
    }
    return constant;
  }
}
