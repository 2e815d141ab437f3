package org.iommuref.conformance.scenario;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.iommuref.model.explore.Prepared;
import org.iommuref.model.explore.Scenario;
import org.iommuref.model.explore.SoftwareThread;
import org.iommuref.model.explore.StoreBuffers;
import org.iommuref.spec.backend.IommuBackend;
import org.iommuref.spec.errno.Result.Done;
import org.iommuref.spec.memory.Memory;
import org.iommuref.spec.memory.PagePool;
import org.iommuref.spec.memory.SystemMemory;
import org.iommuref.spec.operation.BackendOperation;
import org.iommuref.spec.operation.BackendSeam;
import org.iommuref.spec.operation.ReadMemory;
import org.iommuref.spec.operation.Reply;
import org.iommuref.spec.operation.WriteMemory;
import org.iommuref.spec.spi.CachePolicy;
import org.iommuref.spec.spi.Environment;
import org.iommuref.spec.spi.Topology;
import org.iommuref.spec.step.Footprint;
import org.iommuref.spec.step.Steps;

/**
 * A scenario over a backend, for the explorer.
 *
 * <p>Memory has 64 TiB; pages of tables come from a pool at 256 MiB. Caches are adversarial.
 */
final class PlayedScenario implements Scenario<Outcome> {

  private static final long MEMORY = 1L << 46;
  private static final long TABLES = 0x1000_0000L;
  private static final int TABLE_PAGES = 256;

  private final ScenarioFile file;
  private final Function<Environment, IommuBackend> backend;
  private final Map<Call, String> words = new HashMap<>();

  PlayedScenario(ScenarioFile file, Function<Environment, IommuBackend> backend) {
    this.file = file;
    this.backend = backend;
    for (CallThread thread : file.threads()) {
      thread.calls().forEach(call -> words.put(call, call.words()));
    }
  }

  @Override
  public Prepared<Outcome> setUp(Steps steps, Footprint footprint) {
    SystemMemory real = SystemMemory.ofSize(MEMORY, footprint);
    Memory memory = StoreBuffers.over(real, file.stores(), steps, footprint);
    IommuBackend opened =
        backend.apply(
            new Environment(
                file.topology(),
                memory,
                new PagePool(real, TABLES, TABLE_PAGES, footprint),
                steps,
                footprint,
                CachePolicy.ADVERSARIAL));
    for (Topology.Device device : file.topology().devices()) {
      opened.probe(device.rid()).value();
    }
    Run run = new Run(file, words, new BackendSeam(opened), steps, new LinkedHashMap<>());
    file.setUp().forEach(run::directly);
    return run;
  }

  /** One schedule. */
  private record Run(
      ScenarioFile file,
      Map<Call, String> words,
      BackendSeam seam,
      Steps steps,
      Map<String, String> results)
      implements Prepared<Outcome> {

    @Override
    public List<SoftwareThread> threads() {
      return file.threads().stream()
          .map(thread -> new SoftwareThread(thread.name(), () -> play(thread)))
          .toList();
    }

    private void play(CallThread thread) {
      for (Call call : thread.calls()) {
        steps.report(new CallEvent.Called(words.getOrDefault(call, "")));
        String word = keep(call, reply(operation(call)));
        steps.report(new CallEvent.Returned(word));
      }
    }

    /** Outside the race memory is open to all. */
    private void directly(Call call) {
      keep(call, operation(call).applyTo(seam));
    }

    private String keep(Call call, Reply<?> reply) {
      String word = new Results(file.values()).of(operation(call), reply);
      if (call.as() != null) {
        results.put(call.as(), word);
      } else if (!(reply instanceof Reply.Ok)) {
        throw new IllegalStateException(call.words() + " gives " + word);
      }
      return word;
    }

    private static BackendOperation<?> operation(Call call) {
      return ((Call.OnBackend) call).operation();
    }

    private Reply<?> reply(BackendOperation<?> operation) {
      if (operation instanceof ReadMemory read) {
        return Reply.ok(
            steps.obtain(
                new SoftwareAccess.ReadData(read.address().bytes()),
                step -> seam.backend().memory().readLong(step.address())));
      }
      if (operation instanceof WriteMemory write) {
        steps.perform(
            new SoftwareAccess.WriteData(write.address().bytes(), write.value()),
            step -> seam.backend().memory().writeLong(step.address(), step.value()));
        return Reply.ok(Done.DONE);
      }
      return operation.applyTo(seam);
    }

    @Override
    public Outcome outcome() {
      file.afterwards().forEach(this::directly);
      Map<String, String> inOrder = new LinkedHashMap<>();
      file.results().forEach(name -> inOrder.put(name, results.getOrDefault(name, "nothing")));
      return new Outcome(inOrder);
    }
  }
}
