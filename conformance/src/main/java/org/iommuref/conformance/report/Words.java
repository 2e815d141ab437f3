package org.iommuref.conformance.report;

import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.iommuref.spec.access.AccessOutcome;
import org.iommuref.spec.access.DeviceAccess;
import org.iommuref.spec.access.FaultLog;
import org.iommuref.spec.access.FaultRecord;
import org.iommuref.spec.backend.Prot;
import org.iommuref.spec.errno.Errno;
import org.iommuref.spec.operation.Access;
import org.iommuref.spec.operation.Operation;
import org.iommuref.spec.operation.Reply;
import org.iommuref.spec.unit.call.Expect;
import org.jspecify.annotations.Nullable;

/** Operations and replies in the words of a report. */
public final class Words {

  private Words() {}

  /** One operation on one line: its name and arguments. */
  public static String of(Operation<?> operation) {
    return String.join("  ", partsOf(operation));
  }

  /** What is done, then each argument with its name. */
  public static List<String> partsOf(Operation<?> operation) {
    if (operation instanceof Access access) {
      return partsOf(access.access());
    }
    List<String> parts = new ArrayList<>(List.of(operation.op()));
    for (RecordComponent component : operation.getClass().getRecordComponents()) {
      Object value = valueOf(component, operation);
      if (value != null && !value.equals(Expect.ANY)) {
        parts.add(argument(component.getName(), value));
      }
    }
    return parts;
  }

  private static List<String> partsOf(DeviceAccess access) {
    List<String> parts = new ArrayList<>();
    parts.add(lowerCase(access.kind()));
    parts.add(access.rid().toString());
    if (access.pasid() != null) {
      parts.add(access.pasid().toString());
    }
    parts.add("iova " + access.iova());
    return parts;
  }

  private static String argument(String component, Object value) {
    String name = component.replaceAll("([A-Z])", " $1").toLowerCase(Locale.ROOT);
    if (value instanceof Long number) {
      return name + " " + (name.equals("count") ? Long.toUnsignedString(number) : hex(number));
    }
    if (value instanceof Integer offset && name.equals("offset")) {
      return name + " " + hex(offset); // of a register, as manuals have it
    }
    if (value instanceof DeviceAccess access) {
      return String.join("  ", partsOf(access));
    }
    if (value instanceof Prot prot) {
      String letters = (prot.read() ? "r" : "") + (prot.write() ? "w" : "");
      return name + " " + (letters.isEmpty() ? "none" : letters);
    }
    boolean inLowerCase = value instanceof Enum<?> && !(value instanceof Errno);
    String text = inLowerCase ? lowerCase((Enum<?>) value) : value.toString();
    return text.startsWith(name + " ") ? text : name + " " + text;
  }

  private static @Nullable Object valueOf(RecordComponent component, Operation<?> operation) {
    try {
      return component.getAccessor().invoke(operation);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("the components of " + operation.getClass(), e);
    }
  }

  /** One reply. */
  public static String of(Reply<?> reply) {
    if (reply instanceof Reply.Ok<?> ok) {
      return value(ok.value());
    }
    if (reply instanceof Reply.Err<?> err) {
      return err.partial() == null
          ? err.errno().name()
          : err.errno() + " after " + value(err.partial());
    }
    if (reply instanceof Reply.Unsupported<?> unsupported) {
      return "unsupported: " + unsupported.reason();
    }
    Reply.Lost<?> lost = (Reply.Lost<?>) reply;
    return lowerCase(lost.loss()) + ": " + lost.detail();
  }

  private static String value(@Nullable Object value) {
    if (value instanceof Long bytes) {
      return hex(bytes);
    }
    if (value instanceof FaultLog log) {
      List<String> records = log.records().stream().map(Words::of).toList();
      String all = records.isEmpty() ? "no record" : String.join(", ", records);
      return log.overflow() ? all + ", overflow" : all;
    }
    if (value instanceof AccessOutcome outcome) {
      return outcome instanceof AccessOutcome.Completed completed
          ? "completed, data " + hex(completed.data())
          : "refused";
    }
    String told = Told.of(value);
    if (told != null) {
      return told;
    }
    return value instanceof Enum<?> done ? lowerCase(done) : String.valueOf(value);
  }

  private static String of(FaultRecord fault) {
    return (fault.write() ? "write " : "read ")
        + fault.page()
        + " by "
        + fault.rid()
        + (fault.pasid() == null ? "" : " " + fault.pasid())
        + " reason 0x"
        + Integer.toHexString(fault.reason());
  }

  private static String hex(long number) {
    return "0x" + Long.toHexString(number);
  }

  private static String lowerCase(Enum<?> word) {
    return word.name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }
}
