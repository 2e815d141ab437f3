package org.iommuref.spec.wire;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.iommuref.spec.errno.Errno;
import org.iommuref.spec.operation.Operation;
import org.iommuref.spec.operation.Reply;
import org.jspecify.annotations.Nullable;

/**
 * The two kinds of message: a request is an operation with an {@code id}, a reply repeats the id
 * and holds {@code ok}, {@code err} or {@code unsupported}.
 *
 * <p>Each end counts its own ids; a message with {@code op} is a request, one without is a reply.
 */
public final class MessageCodec {

  private static final OperationCodec OPERATIONS = OperationCodec.all();
  private static final Form<Errno> ERRNO = Forms.of(Errno.class);

  private MessageCodec() {}

  /** A request as it was read. */
  public record Request(long id, Operation<?> operation) {}

  /** The request. */
  public static ObjectNode request(long id, Operation<?> operation) {
    ObjectNode object = Json.object().put("id", id);
    OPERATIONS.writeInto(object, operation);
    return object;
  }

  /** Whether the message asks for something; else it is a reply. */
  public static boolean isRequest(ObjectNode message) {
    return message.has("op");
  }

  /**
   * The id of a message.
   *
   * @throws WireException if it has none
   */
  public static long id(ObjectNode message) {
    JsonNode id = message.path("id");
    if (!id.isIntegralNumber() || !id.canConvertToLong()) {
      throw new WireException("\"id\" is missing in " + Json.shorten(message.toString()));
    }
    return id.longValue();
  }

  /**
   * Reads a request.
   *
   * @throws WireException if it is none
   */
  public static Request readRequest(ObjectNode message) {
    long id = id(message);
    ObjectNode operation = message.deepCopy();
    operation.remove("id");
    return new Request(id, OPERATIONS.read(operation));
  }

  /**
   * The reply.
   *
   * @throws IllegalArgumentException for a {@link Reply.Lost}, which never travels
   */
  public static <V> ObjectNode reply(long id, Operation<V> operation, Reply<V> reply) {
    ObjectNode object = Json.object().put("id", id);
    if (reply instanceof Reply.Ok<V> ok) {
      object.set("ok", OPERATIONS.writeValue(operation, ok.value()));
    } else if (reply instanceof Reply.Err<V> err) {
      object.set("err", ERRNO.write(err.errno()));
      V partial = err.partial();
      if (partial != null) {
        object.set("partial", OPERATIONS.writeValue(operation, partial));
      }
    } else if (reply instanceof Reply.Unsupported<V> unsupported) {
      object.put("unsupported", unsupported.reason());
    } else {
      throw new IllegalArgumentException("not a reply that is sent: " + reply);
    }
    return object;
  }

  /**
   * Reads the reply to an operation.
   *
   * @throws WireException if it is none
   */
  public static <V> Reply<V> readReply(ObjectNode message, Operation<V> operation) {
    JsonNode ok = message.get("ok");
    JsonNode err = message.get("err");
    JsonNode unsupported = message.get("unsupported");
    if (count(ok) + count(err) + count(unsupported) != 1) {
      throw WireException.expected(
          operation.op(), "one of \"ok\", \"err\", \"unsupported\"", message);
    }
    if (ok != null) {
      return new Reply.Ok<>(OPERATIONS.readValue(operation, ok, operation.op() + ".ok"));
    }
    if (err != null) {
      return new Reply.Err<>(ERRNO.read(err, operation.op() + ".err"), partial(message, operation));
    }
    String place = operation.op() + ".unsupported";
    return new Reply.Unsupported<>(Scalars.TEXT.read(message.path("unsupported"), place));
  }

  private static <V> @Nullable V partial(ObjectNode message, Operation<V> operation) {
    JsonNode partial = message.get("partial");
    return partial == null || partial.isNull()
        ? null
        : OPERATIONS.readValue(operation, partial, operation.op() + ".partial");
  }

  private static int count(@Nullable JsonNode member) {
    return member == null ? 0 : 1;
  }
}
