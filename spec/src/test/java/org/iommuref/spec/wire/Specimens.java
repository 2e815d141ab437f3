package org.iommuref.spec.wire;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import org.iommuref.spec.access.AccessOutcome;
import org.iommuref.spec.access.Iova;
import org.iommuref.spec.access.Pasid;
import org.iommuref.spec.access.Rid;
import org.iommuref.spec.backend.ReservedRegion;
import org.iommuref.spec.clause.Capability;
import org.iommuref.spec.core.GroupId;
import org.iommuref.spec.iommufd.call.Bytes;
import org.iommuref.spec.iommufd.call.FileCall;
import org.iommuref.spec.iommufd.call.UserCall;
import org.iommuref.spec.iommufd.program.ProgramCall;
import org.iommuref.spec.memory.PhysAddr;
import org.iommuref.spec.operation.Operation;
import org.iommuref.spec.operation.Operations;
import org.iommuref.spec.spi.DeviceTraits;
import org.iommuref.spec.spi.PciFunction;
import org.iommuref.spec.spi.Topology;
import org.iommuref.spec.unit.call.DriverCall;
import org.iommuref.spec.unit.call.UnitCall;
import org.iommuref.spec.unit.call.UnitEvent;
import org.jspecify.annotations.Nullable;

/** Arbitrary operations and values, drawn from the components of their records. */
final class Specimens {

  private static final int MOST = 3;

  private Specimens() {}

  /** Every class of operation that the codec knows. */
  static List<Class<? extends Operation<?>>> operationTypes() {
    List<Class<? extends Operation<?>>> types = new ArrayList<>(Control.all());
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

  /** The schema of a request with that name. */
  static String requestSchema(String op) {
    if (op.startsWith("core.")) {
      return "core-operation.schema.json";
    }
    if (op.startsWith("program.")) {
      return "program-operation.schema.json";
    }
    if (op.startsWith("unit.")) {
      return "seam1-request.schema.json";
    }
    if (Set.of("msi", "ats.invalidate", "prg.response").contains(op)) {
      return "seam1-callback.schema.json";
    }
    if (op.startsWith("mmio.") || op.equals("mem.compare_and_set")) {
      return "seam2-callback.schema.json";
    }
    if (op.startsWith("file.") || op.startsWith("process.")) {
      return "seam3-request.schema.json";
    }
    return op.startsWith("user.") ? "seam3-callback.schema.json" : "seam2-request.schema.json";
  }

  /** Any operation; every class is equally likely. */
  static Arbitrary<Operation<?>> operations() {
    return Arbitraries.of(operationTypes()).flatMap(Specimens::operation);
  }

  private static Arbitrary<Operation<?>> operation(Class<? extends Operation<?>> type) {
    return arbitrary(type).map(Operation.class::cast);
  }

  /** Any value of a type that occurs on the wire. */
  static Arbitrary<?> arbitrary(Type type) {
    if (type instanceof ParameterizedType generic) {
      return elements(generic.getActualTypeArguments()[0], generic.getRawType() == Set.class);
    }
    if (type == long.class || type == Long.class) {
      return Arbitraries.longs();
    }
    if (type == int.class || type == Integer.class) {
      return Arbitraries.integers();
    }
    if (type == boolean.class) {
      return Arbitraries.of(true, false);
    }
    if (type == String.class) {
      return Arbitraries.strings().alpha().ofMaxLength(MOST);
    }
    if (type == Rid.class) {
      return Arbitraries.integers().between(0, 0xffff).map(Rid::new);
    }
    if (type == Pasid.class) {
      return Arbitraries.integers().between(0, 0xfffff).map(Pasid::new);
    }
    if (type == Bytes.class) {
      return Arbitraries.bytes().array(byte[].class).ofMaxSize(MOST).map(Bytes::of);
    }
    if (type == AccessOutcome.class) {
      return Arbitraries.longs()
          .map(AccessOutcome::completed)
          .injectNull(0.2)
          .map(outcome -> outcome == null ? AccessOutcome.blocked() : outcome);
    }
    if (type == Topology.Device.class) {
      return devices();
    }
    if (type == Hello.class) {
      return Arbitraries.integers().between(1024, 1 << 20).map(n -> new Hello(1, 2, n, n));
    }
    if (type == Introduction.class) {
      return introductions();
    }
    Class<?> plain = (Class<?>) type;
    return plain.isEnum() ? Arbitraries.of(plain.getEnumConstants()) : records(plain);
  }

  private static Arbitrary<?> elements(Type element, boolean set) {
    Arbitrary<?> one = arbitrary(element);
    return set ? one.set().ofMaxSize(MOST) : one.list().ofMaxSize(MOST);
  }

  private static Arbitrary<?> records(Class<?> type) {
    RecordComponent[] components = type.getRecordComponents();
    List<Arbitrary<Object>> values = Arrays.stream(components).map(Specimens::component).toList();
    Class<?>[] parameters =
        Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
    return Combinators.combine(values)
        .as(
            arguments -> {
              try {
                return type.getDeclaredConstructor(parameters).newInstance(arguments.toArray());
              } catch (ReflectiveOperationException e) {
                throw new IllegalStateException(e);
              }
            });
  }

  private static Arbitrary<Object> component(RecordComponent component) {
    Arbitrary<Object> value = arbitrary(component.getGenericType()).map(Object.class::cast);
    return component.getAnnotatedType().isAnnotationPresent(Nullable.class)
        ? value.injectNull(0.3)
        : value;
  }

  private static Arbitrary<Topology.Device> devices() {
    return Combinators.combine(
            Arbitraries.integers().between(0, 0xffff), Arbitraries.integers().between(0, MOST))
        .as((rid, n) -> new Topology.Device(new Rid(rid), n, new GroupId(n), traits(n)));
  }

  private static <E extends Enum<E>> E nth(Class<E> words, int number) {
    List<E> all = List.copyOf(EnumSet.allOf(words));
    return all.get(number % all.size());
  }

  private static @Nullable DeviceTraits traits(int number) {
    ReservedRegion region =
        new ReservedRegion(new Iova(number), number, nth(ReservedRegion.Type.class, number));
    DeviceTraits reserving = DeviceTraits.reserving(region);
    return switch (number % 4) {
      case 0 -> null;
      case 1 -> reserving.and(DeviceTraits.Feature.values());
      case 2 ->
          DeviceTraits.of(
              PciFunction.to(number, nth(PciFunction.Type.class, number))
                  .with(EnumSet.allOf(PciFunction.Acs.class))
                  .aliasing(Set.of(number)));
      default -> reserving;
    };
  }

  private static Arbitrary<Introduction> introductions() {
    return Arbitraries.of(EnumSet.allOf(Capability.class))
        .set()
        .ofMaxSize(MOST)
        .map(
            capabilities ->
                new Introduction(
                    "example",
                    "1.0",
                    1,
                    2,
                    "backend",
                    "neutral",
                    0x201000,
                    48,
                    16,
                    ofKind(capabilities, Capability.Kind.UNIT),
                    ofKind(capabilities, Capability.Kind.STIMULUS),
                    RamOwner.TARGET,
                    new MemoryRange(new PhysAddr(0x1000_0000), 0x1000_0000),
                    16,
                    65536));
  }

  private static Set<Capability> ofKind(Set<Capability> all, Capability.Kind kind) {
    Set<Capability> chosen = EnumSet.noneOf(Capability.class);
    all.stream().filter(capability -> capability.kind() == kind).forEach(chosen::add);
    return chosen;
  }
}
