package org.iommuref.spec.wire;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** One JSON object as text, and back. */
public final class Json {

  private static final int SHOWN = 120;
  private static final ObjectReader READER =
      JsonMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build()
          .readerFor(JsonNode.class);

  private Json() {}

  /**
   * Reads one JSON object that fills the whole text.
   *
   * @throws WireException if the text is anything else; it quotes the text, shortened
   */
  public static ObjectNode parse(String text) {
    JsonNode json;
    try {
      json = READER.readValue(text);
    } catch (JsonProcessingException e) {
      throw new WireException("not a JSON object: " + shorten(text));
    }
    if (json instanceof ObjectNode object) {
      return object;
    }
    throw new WireException("not a JSON object: " + shorten(text));
  }

  /** An object without members. */
  static ObjectNode object() {
    return JsonNodeFactory.instance.objectNode();
  }

  /** The text on one line, cut to a length that a message can quote. */
  public static String shorten(String text) {
    StringBuilder line = new StringBuilder();
    text.codePoints()
        .limit(SHOWN + 1L)
        .map(c -> Character.isWhitespace(c) ? ' ' : c)
        .map(c -> Character.isISOControl(c) ? '\uFFFD' : c)
        .forEach(line::appendCodePoint);
    if (line.codePointCount(0, line.length()) <= SHOWN) {
      return line.toString();
    }
    return line.substring(0, line.offsetByCodePoints(0, SHOWN)) + "...";
  }
}
