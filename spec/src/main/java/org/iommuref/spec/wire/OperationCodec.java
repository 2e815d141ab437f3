package org.iommuref.spec.wire;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.iommuref.spec.iommufd.call.FileCall;
import org.iommuref.spec.iommufd.call.UserCall;
import org.iommuref.spec.iommufd.program.ProgramCall;
import org.iommuref.spec.operation.Operation;
import org.iommuref.spec.operation.Operations;
import org.iommuref.spec.unit.call.DriverCall;
import org.iommuref.spec.unit.call.UnitCall;
import org.iommuref.spec.unit.call.UnitEvent;

/**
 * Operations and the values that they yield, as JSON and back.
 *
 * <p>An operation is an object with its name under {@code op} and a member for each argument:
 * {@code {"op":"sync","domain":1,"gather":0}}. Reading is strict: a member that the operation does
 * not have is an error, because a misspelt optional argument would otherwise change the meaning.
 */
public final class OperationCodec {

  private static final OperationCodec ALL = new OperationCodec(registered());

  private final Map<String, RecordForm<?>> forms = new LinkedHashMap<>();

  private OperationCodec(List<Class<? extends Operation<?>>> types) {
    for (Class<? extends Operation<?>> type : types) {
      RecordForm<?> form = new RecordForm<>(type.asSubclass(Record.class));
      if (form.blank() instanceof Operation<?> blank
          && forms.putIfAbsent(blank.op(), form) != null) {
        throw new IllegalStateException("two operations are called " + blank.op());
      }
    }
  }

  /** The codec of every registered operation and of the four {@link Control} messages. */
  public static OperationCodec all() {
    return ALL;
  }

  /** The names under {@code op}, in the order of registration. */
  public Set<String> names() {
    return forms.keySet();
  }

  /** The operation as JSON. */
  public ObjectNode write(Operation<?> operation) {
    ObjectNode object = Json.object();
    writeInto(object, operation);
    return object;
  }

  /** Adds the operation's members to an object. */
  void writeInto(ObjectNode object, Operation<?> operation) {
    object.put("op", operation.op());
    write(form(operation.op()), object, operation);
  }

  @SuppressWarnings("unchecked") // a form is registered under the op of its own record
  private static <T extends Record> void write(
      RecordForm<T> form, ObjectNode object, Operation<?> operation) {
    form.writeInto(object, (T) operation);
  }

  /**
   * The operation that the JSON stands for.
   *
   * @throws WireException if there is no such operation, or an argument is missing, too many or
   *     wrong
   */
  public Operation<?> read(ObjectNode json) {
    JsonNode op = json.path("op");
    if (!op.isTextual()) {
      throw new WireException("\"op\" is missing in " + Json.shorten(json.toString()));
    }
    RecordForm<?> form = form(op.textValue());
    Set<String> known = form.names();
    json.fieldNames()
        .forEachRemaining(
            name -> {
              if (!name.equals("op") && !known.contains(name)) {
                throw WireException.at(op.textValue(), "has no \"" + name + "\"");
              }
            });
    return (Operation<?>) form.readFrom(json, op.textValue());
  }

  /** What the operation yielded, as JSON. */
  public <V> JsonNode writeValue(Operation<V> operation, V value) {
    return Forms.of(operation.yields()).write(value);
  }

  /**
   * What the operation yielded. Members that are not known are passed over: a later version may say
   * more.
   *
   * @param place where the value was found, for the message of an error
   * @throws WireException if it is not a value that the operation yields
   */
  public <V> V readValue(Operation<V> operation, JsonNode json, String place) {
    return Forms.of(operation.yields()).read(json, place);
  }

  private RecordForm<?> form(String op) {
    RecordForm<?> form = forms.get(op);
    if (form == null) {
      throw new WireException("no operation is called \"" + Json.shorten(op) + '"');
    }
    return form;
  }

  private static List<Class<? extends Operation<?>>> registered() {
    List<Class<? extends Operation<?>>> types = new ArrayList<>();
    types.addAll(Control.all());
    types.addAll(Operations.backend());
    types.addAll(Operations.back());
    types.addAll(Operations.core());
    types.addAll(FileCall.all());
    types.addAll(UserCall.all());
    types.addAll(ProgramCall.all());
    types.addAll(UnitCall.all());
    types.addAll(UnitEvent.all());
    types.addAll(DriverCall.all());
    return types;
  }
}
