package org.iommuref.conformance.compare;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.iommuref.conformance.compare.Actor.OpenContext;
import org.iommuref.conformance.compare.Known.Kind;
import org.iommuref.conformance.compare.Surroundings.Act;
import org.iommuref.conformance.program.StructureBytes;
import org.iommuref.conformance.program.SystemCall;

/**
 * Random sequences of calls that get past validation: each is made on the model as soon as it is
 * drawn, and what the model answers says which objects the next ones can name.
 *
 * <p>Each sequence does without some commands and makes more of others, so that rare ones meet.
 */
final class Generator {

  private static final int SHORTEST = 20;
  private static final int LONGEST = 60;
  private static final int RESIZED_ONE_IN = 40;
  private static final int AT_AN_END_ONE_IN = 80;
  private static final int FAILING_ONE_IN = 15;
  private static final int SURROUNDINGS_ONE_IN = 7;
  private static final int PAGE_RESPONSE = 16;

  /**
   * What cannot be called again after a failure. Linux makes a device even if some of its
   * properties cannot be allocated; the others leave another structure behind when they fail.
   */
  private static final Set<String> NOT_REPEATED =
      Set.of(
          "IOMMU_TEST_OP_MOCK_DOMAIN",
          "IOMMU_TEST_OP_MOCK_DOMAIN_FLAGS",
          "IOMMU_IOAS_IOVA_RANGES",
          "IOMMU_HWPT_INVALIDATE");

  private final Random random;
  private final Script script = new Script();
  private final Cast cast;
  private final Surroundings surroundings;
  private final List<CallTemplate> templates;
  private final List<Act> acts;
  private final Flavour flavour;

  /** A sequence with the answers that the model gave. */
  record Sequence(List<Step> steps, List<String> answers) {

    /** How many ioctls there are. */
    long ioctls() {
      return steps.stream()
          .flatMap(step -> step.calls().stream())
          .filter(SystemCall::isIoctl)
          .count();
    }

    /** How many of them succeeded. */
    long succeeded() {
      long count = 0;
      int answer = 0;
      for (Step step : steps) {
        for (SystemCall call : step.calls()) {
          count += call.isIoctl() && !answers.get(answer).startsWith("-") ? 1 : 0;
          answer++;
        }
      }
      return count;
    }
  }

  private Generator(Random random, Predicate<String> wanted) {
    this.random = random;
    this.cast = new Cast(random);
    this.surroundings = new Surroundings(random, script, cast);
    this.flavour = Flavour.of(random);
    this.templates =
        Stream.of(
                IoasTemplates.all(), HwptTemplates.all(), VfioTemplates.all(), TestTemplates.all())
            .flatMap(List::stream)
            .filter(template -> wanted.test(template.name()))
            .map(template -> template.times(flavour.times(template.name())))
            .toList();
    this.acts = surroundings.acts().stream().filter(act -> wanted.test(act.name())).toList();
  }

  /**
   * The sequence of a seed.
   *
   * @param wanted which commands and acts may occur, by name
   */
  static Sequence sequence(long seed, Predicate<String> wanted) {
    Generator generator = new Generator(new Random(seed), wanted);
    generator.begin();
    int length = SHORTEST + generator.random.nextInt(LONGEST - SHORTEST + 1);
    for (int i = 0; i < length && !generator.script.isBroken(); i++) {
      generator.draw();
    }
    generator.cast.alive().forEach(generator.surroundings::detachPasids);
    return new Sequence(generator.script.steps(), generator.script.answers());
  }

  private void begin() {
    Actor first = cast.next();
    surroundings.layOut(first);
    surroundings.open(first, "open");
    surroundings.makeFile(first);
    script.make(
        "memory limit",
        first,
        List.of(
            new SystemCall.Put(Layout.STRUCTURE, TestTemplates.defaultLimit().hex()),
            new SystemCall.Ioctl(
                first.contexts().get(0).fd(), TestTemplates.IOCTL, Layout.STRUCTURE)));
    OpenContext context = first.contexts().get(0);
    if (flavour.isOfGuest()) {
      context.objects().useWholePages();
    }
    Known known = new Known(random, context.objects(), first);
    for (String name : flavour.beginning()) {
      templates.stream()
          .filter(t -> t.name().equals(name) && t.sensible().test(known))
          .forEach(t -> call(first, context.fd(), known, t));
    }
  }

  private void draw() {
    Actor actor = cast.next();
    if (!acts.isEmpty() && random.nextInt(SURROUNDINGS_ONE_IN) == 0) {
      act(actor);
      return;
    }
    if (!actor.files(Kind.EVENT_FILE).isEmpty() && random.nextInt(10) == 0) {
      List<Integer> files = actor.files(Kind.EVENT_FILE);
      useEvents(actor, files.get(random.nextInt(files.size())));
      return;
    }
    OpenContext context = actor.contexts().get(random.nextInt(actor.contexts().size()));
    Known known = new Known(random, context.objects(), actor);
    List<CallTemplate> sensible =
        templates.stream().filter(template -> template.sensible().test(known)).toList();
    int total = sensible.stream().mapToInt(CallTemplate::weight).sum();
    int drawn = total == 0 ? 0 : random.nextInt(total);
    for (CallTemplate template : sensible) {
      drawn -= template.weight();
      if (drawn < 0) {
        call(actor, context.fd(), known, template);
        return;
      }
    }
  }

  private void act(Actor actor) {
    int drawn = random.nextInt(acts.stream().mapToInt(Act::weight).sum());
    for (Act act : acts) {
      drawn -= act.weight();
      if (drawn < 0) {
        act.action().by(actor, act.name());
        return;
      }
    }
  }

  private void call(Actor actor, int fd, Known known, CallTemplate template) {
    StructureBytes whole = template.filled().apply(known);
    StructureBytes structure = whole;
    if (random.nextInt(RESIZED_ONE_IN) == 0) {
      int size = Math.max(4, whole.size() + random.nextInt(17) - 8);
      structure = whole.resized(size, (byte) (random.nextInt(3) == 0 ? 1 : 0));
    }
    long argument = template.argument().apply(known);
    long at = Layout.STRUCTURE;
    if (argument == at && random.nextInt(AT_AN_END_ONE_IN) == 0) {
      at += Layout.PAGE - 8L * (1 + random.nextInt(6)); // perhaps more than there is
      argument = at;
    }
    List<SystemCall> calls = new ArrayList<>();
    calls.add(new SystemCall.Put(at, structure.hex()));
    if (random.nextInt(3) == 0) {
      calls.add(new SystemCall.Put(Layout.DATA, data()));
    }
    calls.add(
        random.nextInt(FAILING_ONE_IN) == 0 && !NOT_REPEATED.contains(template.name())
            ? new SystemCall.IoctlFailingEverywhere(fd, template.number(), argument)
            : new SystemCall.Ioctl(fd, template.number(), argument));
    calls.add(new SystemCall.Get(at, structure.size()));
    calls.add(new SystemCall.Get(Layout.ANSWER, 64));
    List<String> said = script.make(template.name(), actor, calls);
    String result = said.get(calls.size() - 3);
    String answer = said.get(calls.size() - 2);
    if (!result.startsWith("-") && answer.length() >= 2 * whole.size()) {
      template.learned().from(known, StructureBytes.of(answer), Integer.parseInt(result));
    }
  }

  /** What structures point to: ranges to allow, data of drivers, entries to invalidate. */
  private String data() {
    StructureBytes data = StructureBytes.plain(64);
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

  private void useEvents(Actor actor, int fd) {
    switch (random.nextInt(4)) {
      case 0 -> script.make("poll", actor, new SystemCall.Poll(fd));
      case 1 -> {
        StructureBytes response = StructureBytes.plain(PAGE_RESPONSE).set32(0, random.nextInt(3));
        script.make(
            "write",
            actor,
            List.of(
                new SystemCall.Put(Layout.STRUCTURE, response.set32(4, random.nextInt(2)).hex()),
                new SystemCall.Write(fd, Layout.STRUCTURE, PAGE_RESPONSE)));
      }
      default -> {
        long count = List.of(20, 40, 64, 80, 0).get(random.nextInt(5));
        script.make(
            "read",
            actor,
            List.of(
                new SystemCall.Read(fd, Layout.ANSWER, count),
                new SystemCall.Get(Layout.ANSWER, 80)));
      }
    }
  }
}
