package org.iommuref.conformance.compare;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.iommuref.conformance.compare.Known.Kind;
import org.iommuref.conformance.program.ModelProgram;
import org.iommuref.conformance.program.Structure;
import org.iommuref.conformance.program.SystemCall;

/**
 * Random sequences of calls that get past validation: each is made on the model as soon as it is
 * drawn, and what the model answers says which objects the next ones can name.
 */
final class Generator {

  private static final int SHORTEST = 20;
  private static final int LONGEST = 60;
  private static final int RESIZED_ONE_IN = 40;
  private static final int PAGE_RESPONSE = 16;
  private static final HexBytes PATTERN = new HexBytes(0x5a);

  private final Random random;
  private final Known known;
  private final List<Template> templates;
  private final ModelProgram model = new ModelProgram();
  private final List<Step> steps = new ArrayList<>();
  private final List<String> answers = new ArrayList<>();

  /** A page of bytes that differ. */
  private record HexBytes(int first) {
    String page(int number) {
      StringBuilder hex = new StringBuilder();
      for (int i = 0; i < 64; i++) {
        hex.append("%02x".formatted((first + number * 7 + i) & 0xff));
      }
      return hex.toString();
    }
  }

  /** A sequence with the answers that the model gave. */
  record Sequence(List<Step> steps, List<String> answers) {

    /** How many ioctls there are. */
    long ioctls() {
      return steps.stream()
          .flatMap(step -> step.calls().stream())
          .filter(SystemCall.Ioctl.class::isInstance)
          .count();
    }
  }

  private Generator(Random random, Predicate<String> wanted) {
    this.random = random;
    this.known = new Known(random);
    this.templates =
        Stream.of(IoasTemplates.all(), HwptTemplates.all(), TestTemplates.all())
            .flatMap(List::stream)
            .filter(template -> wanted.test(template.name()))
            .toList();
  }

  /**
   * The sequence of a seed.
   *
   * @param wanted which commands may occur, by name
   */
  static Sequence sequence(long seed, Predicate<String> wanted) {
    Generator generator = new Generator(new Random(seed), wanted);
    generator.begin();
    int length = SHORTEST + generator.random.nextInt(LONGEST - SHORTEST + 1);
    for (int i = 0; i < length; i++) {
      generator.draw();
    }
    return new Sequence(generator.steps, generator.answers);
  }

  private void begin() {
    List<SystemCall> calls = new ArrayList<>();
    calls.add(new SystemCall.MapMemory(Layout.STRUCTURE, Layout.PAGE, true));
    calls.add(new SystemCall.MapMemory(Layout.DATA, Layout.PAGE, true));
    calls.add(new SystemCall.MapMemory(Layout.ANSWER, Layout.PAGE, true));
    long length = (long) Layout.MEMORY_PAGES * Layout.PAGE;
    calls.add(new SystemCall.MapMemory(Layout.MEMORY, length, true));
    for (int page = 0; page < Layout.MEMORY_PAGES; page++) {
      String bytes = PATTERN.page(page);
      calls.add(new SystemCall.Put(Layout.MEMORY + (long) page * Layout.PAGE, bytes));
    }
    make("memory", calls);
    make("open", List.of(new SystemCall.Open()));
    List<String> file = make("memfd", List.of(new SystemCall.MemoryFile(length)));
    known.add(Kind.FILE, Integer.parseInt(file.get(0)));
  }

  private void draw() {
    if (known.has(Kind.EVENT_FILE) && random.nextInt(10) == 0) {
      useEvents(known.one(Kind.EVENT_FILE)); // any other file is not ours to compare
      return;
    }
    List<Template> sensible =
        templates.stream().filter(template -> template.sensible().test(known)).toList();
    int total = sensible.stream().mapToInt(Template::weight).sum();
    int drawn = total == 0 ? 0 : random.nextInt(total);
    for (Template template : sensible) {
      drawn -= template.weight();
      if (drawn < 0) {
        call(template);
        return;
      }
    }
  }

  private void call(Template template) {
    Structure structure = template.filled().apply(known);
    if (random.nextInt(RESIZED_ONE_IN) == 0) {
      int size = Math.max(4, structure.size() + random.nextInt(17) - 8);
      structure = structure.resized(size, (byte) (random.nextInt(3) == 0 ? 1 : 0));
    }
    List<SystemCall> calls = new ArrayList<>();
    calls.add(new SystemCall.Put(Layout.STRUCTURE, structure.hex()));
    if (random.nextInt(3) == 0) {
      calls.add(new SystemCall.Put(Layout.DATA, data()));
    }
    calls.add(new SystemCall.Ioctl(3, template.number(), Layout.STRUCTURE));
    calls.add(new SystemCall.Get(Layout.STRUCTURE, structure.size()));
    calls.add(new SystemCall.Get(Layout.ANSWER, 64));
    List<String> said = make(template.name(), calls);
    String result = said.get(calls.size() - 3);
    Structure answer = Structure.of(said.get(calls.size() - 2));
    if (!result.startsWith("-") && answer.size() >= template.filled().apply(known).size()) {
      template.learned().from(known, answer);
    }
  }

  /** What structures point to: ranges to allow, data of drivers, entries to invalidate. */
  private String data() {
    Structure data = Structure.plain(64);
    if (random.nextBoolean()) {
      for (int i = 0; i < 4; i++) {
        long first = Layout.APERTURE + (long) (i * 16 + random.nextInt(8)) * Layout.MOCK_PAGE;
        data.set64(16 * i, first).set64(16 * i + 8, first + random.nextInt(24) * 2048L + 2047);
      }
      return data.hex();
    }
    for (int i = 0; i < 16; i++) {
      data.set32(4 * i, random.nextInt(5));
    }
    return data.hex();
  }

  private void useEvents(int fd) {
    switch (random.nextInt(4)) {
      case 0 -> make("poll", List.of(new SystemCall.Poll(fd)));
      case 1 -> {
        Structure response = Structure.plain(PAGE_RESPONSE).set32(0, random.nextInt(3));
        make(
            "write",
            List.of(
                new SystemCall.Put(Layout.STRUCTURE, response.set32(4, random.nextInt(2)).hex()),
                new SystemCall.Write(fd, Layout.STRUCTURE, PAGE_RESPONSE)));
      }
      default ->
          make(
              "read",
              List.of(
                  new SystemCall.Read(fd, Layout.ANSWER, known.oneOf(20, 40, 64, 80, 0)),
                  new SystemCall.Get(Layout.ANSWER, 80)));
    }
  }

  private List<String> make(String name, List<SystemCall> calls) {
    Step step = new Step(name, calls);
    List<String> said = model.make(step.calls());
    steps.add(step);
    answers.addAll(said);
    return said;
  }
}
