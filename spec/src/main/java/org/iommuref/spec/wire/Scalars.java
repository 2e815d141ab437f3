package org.iommuref.spec.wire;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** The forms that are not made of others: hex strings, numbers, truth values, text. */
final class Scalars {

  private static final Pattern HEX_TEXT = Pattern.compile("0x[0-9a-fA-F]{1,16}");

  /** 64 bits, unsigned: {@code "0x1000"}. */
  static final Form<Long> HEX =
      scalar(
          "a hex string such as \"0x1000\"",
          json -> json.isTextual() && HEX_TEXT.matcher(json.textValue()).matches(),
          json -> Long.parseUnsignedLong(json.textValue().substring(2), 16),
          value -> TextNode.valueOf("0x" + Long.toHexString(value)));

  /** 32 bits: a JSON number. */
  static final Form<Integer> NUMBER =
      scalar(
          "a whole number",
          json -> json.isIntegralNumber() && json.canConvertToInt(),
          JsonNode::intValue,
          IntNode::valueOf);

  /** {@code true} or {@code false}. */
  static final Form<Boolean> TRUTH =
      scalar("true or false", JsonNode::isBoolean, JsonNode::booleanValue, BooleanNode::valueOf);

  /** A string. */
  static final Form<String> TEXT =
      scalar("a string", JsonNode::isTextual, JsonNode::textValue, TextNode::valueOf);

  private Scalars() {}

  /** A form for a type that wraps another; what the wrapper refuses is an error of the message. */
  static <A, B> Form<B> as(Form<A> inner, Function<A, B> wrap, Function<B, A> unwrap) {
    return new Form<>() {
      @Override
      public JsonNode write(B value) {
        return inner.write(unwrap.apply(value));
      }

      @Override
      public B read(JsonNode json, String place) {
        A value = inner.read(json, place);
        try {
          return wrap.apply(value);
        } catch (IllegalArgumentException e) {
          throw WireException.at(place, Objects.requireNonNullElse(e.getMessage(), "out of range"));
        }
      }
    };
  }

  private static <T> Form<T> scalar(
      String expected,
      Predicate<JsonNode> fits,
      Function<JsonNode, T> read,
      Function<T, JsonNode> write) {
    return new Form<>() {
      @Override
      public JsonNode write(T value) {
        return write.apply(value);
      }

      @Override
      public T read(JsonNode json, String place) {
        if (!fits.test(json)) {
          throw WireException.expected(place, expected, json);
        }
        return read.apply(json);
      }
    };
  }
}
