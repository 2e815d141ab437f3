package org.iommuref.spec.wire;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.iommuref.spec.access.AccessOutcome;
import org.iommuref.spec.access.Iova;
import org.iommuref.spec.access.Pasid;
import org.iommuref.spec.access.Rid;
import org.iommuref.spec.backend.DomainId;
import org.iommuref.spec.backend.Prot;
import org.iommuref.spec.clause.Capability;
import org.iommuref.spec.core.GroupId;
import org.iommuref.spec.errno.Errno;
import org.iommuref.spec.errno.Result.Done;
import org.iommuref.spec.iommufd.FileId;
import org.iommuref.spec.iommufd.ProcessId;
import org.iommuref.spec.iommufd.call.Bytes;
import org.iommuref.spec.memory.PhysAddr;

/**
 * The form of each type that occurs in an operation or in what one yields.
 *
 * <p>Numbers of 64 bits are hex strings, because common JSON readers round them. A type that is not
 * listed is an enumeration, written in lower case, or a record, written by its components.
 */
final class Forms {

  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private static final Map<Class<?>, Form<?>> LISTED =
      Map.ofEntries(
          Map.entry(long.class, Scalars.HEX),
          Map.entry(Long.class, Scalars.HEX),
          Map.entry(int.class, Scalars.NUMBER),
          Map.entry(Integer.class, Scalars.NUMBER),
          Map.entry(boolean.class, Scalars.TRUTH),
          Map.entry(String.class, Scalars.TEXT),
          Map.entry(Iova.class, Scalars.as(Scalars.HEX, Iova::new, Iova::bytes)),
          Map.entry(PhysAddr.class, Scalars.as(Scalars.HEX, PhysAddr::new, PhysAddr::bytes)),
          Map.entry(DomainId.class, Scalars.as(Scalars.NUMBER, DomainId::new, DomainId::value)),
          Map.entry(Bytes.class, Scalars.as(Scalars.TEXT, Bytes::new, Bytes::hex)),
          Map.entry(FileId.class, Scalars.as(Scalars.NUMBER, FileId::new, FileId::number)),
          Map.entry(ProcessId.class, Scalars.as(Scalars.NUMBER, ProcessId::new, ProcessId::number)),
          Map.entry(GroupId.class, Scalars.as(Scalars.NUMBER, GroupId::new, GroupId::value)),
          Map.entry(Pasid.class, Scalars.as(Scalars.NUMBER, Pasid::new, Pasid::value)),
          Map.entry(Rid.class, Scalars.as(Scalars.TEXT, Rid::parse, Rid::toString)),
          Map.entry(Prot.class, Words.of(Prot.class, Forms::letters)),
          Map.entry(Errno.class, Words.of(Errno.class, Errno::name)),
          Map.entry(Capability.class, Words.of(Capability.class, Capability::name)),
          Map.entry(Done.class, new DoneForm()),
          Map.entry(AccessOutcome.class, new OutcomeForm()));

  private static final ClassValue<Form<?>> BY_CLASS =
      new ClassValue<>() {
        @Override
        protected Form<?> computeValue(Class<?> type) {
          return make(type);
        }
      };

  private Forms() {}

  /** The form of a type. */
  static Form<?> of(Type type) {
    if (type instanceof ParameterizedType generic) {
      Form<?> element = of(generic.getActualTypeArguments()[0]);
      return generic.getRawType() == Set.class ? set(element) : new ListForm<>(element);
    }
    if (type instanceof Class<?> plain) {
      return BY_CLASS.get(plain);
    }
    throw new IllegalArgumentException("no form for " + type);
  }

  private static Form<?> make(Class<?> type) {
    Form<?> listed = LISTED.get(type);
    if (listed != null) {
      return listed;
    }
    if (type.isEnum()) {
      return Words.lowerCase(type);
    }
    if (type.isRecord()) {
      return new RecordForm<>(type.asSubclass(Record.class));
    }
    throw new IllegalArgumentException("no form for " + type.getName());
  }

  /** The form of a class, with its type. */
  @SuppressWarnings("unchecked") // of(Class<T>) is a Form<T> by construction
  static <T> Form<T> of(Class<T> type) {
    return (Form<T>) of((Type) type);
  }

  private static String letters(Prot prot) {
    return (prot.read() ? "r" : "") + (prot.write() ? "w" : "");
  }

  private static <T> Form<Set<T>> set(Form<T> element) {
    Form<List<T>> list = new ListForm<>(element);
    return Scalars.as(list, LinkedHashSet::new, List::copyOf);
  }

  /** An array of values of one form. */
  private record ListForm<T>(Form<T> element) implements Form<List<T>> {

    @Override
    public JsonNode write(List<T> values) {
      var array = JSON.arrayNode();
      values.forEach(value -> array.add(element.write(value)));
      return array;
    }

    @Override
    public List<T> read(JsonNode json, String place) {
      if (!json.isArray()) {
        throw WireException.expected(place, "an array", json);
      }
      var values = new ArrayList<T>();
      for (int i = 0; i < json.size(); i++) {
        values.add(element.read(json.get(i), place + "[" + i + "]"));
      }
      return values;
    }
  }

  /** Success that has nothing to say: an empty object. */
  private record DoneForm() implements Form<Done> {

    @Override
    public JsonNode write(Done value) {
      return Json.object();
    }

    @Override
    public Done read(JsonNode json, String place) {
      if (!json.isObject()) {
        throw WireException.expected(place, "{}", json);
      }
      return Done.DONE;
    }
  }

  /** {@code {"outcome":"completed","data":"0x2a"}} or {@code {"outcome":"blocked"}}. */
  private record OutcomeForm() implements Form<AccessOutcome> {

    @Override
    public JsonNode write(AccessOutcome value) {
      if (value instanceof AccessOutcome.Completed completed) {
        return Json.object()
            .put("outcome", "completed")
            .set("data", Scalars.HEX.write(completed.data()));
      }
      return Json.object().put("outcome", "blocked");
    }

    @Override
    public AccessOutcome read(JsonNode json, String place) {
      String outcome = json.path("outcome").asText();
      if (outcome.equals("blocked")) {
        return AccessOutcome.blocked();
      }
      if (outcome.equals("completed")) {
        return AccessOutcome.completed(Scalars.HEX.read(json.path("data"), place + ".data"));
      }
      throw WireException.expected(place, "{\"outcome\":\"completed\" or \"blocked\"}", json);
    }
  }
}
