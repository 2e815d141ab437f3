package org.iommuref.tla;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CompletionService;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import org.iommuref.spec.clause.Citation;
import org.iommuref.spec.clause.ClauseId;
import org.iommuref.tla.tlc.ScratchFolder;
import org.iommuref.tla.tlc.TlaException;
import org.iommuref.tla.tlc.TlaException.Kind;
import org.iommuref.tla.tlc.Tlc;
import org.iommuref.tla.tlc.TlcOutcome;
import org.iommuref.tla.tlc.TlcResult;
import org.iommuref.tla.tlc.TlcRun;

/**
 * Runs configs of models and compares what TLC finds with the manifest.
 *
 * <p>Several configs run at once, each in a JVM with one worker, so that counts and counterexamples
 * are the same each time. A config that runs alone and has no violation gets all workers; its depth
 * is then not compared, since TLC may report it too large.
 */
public final class ModelCheck {

  private final Models models;
  private final Tlc tlc;
  private final int behaviours;

  /** A check of these models by that TLC, which looks at every state. */
  public ModelCheck(Models models, Tlc tlc) {
    this(models, tlc, 0);
  }

  private ModelCheck(Models models, Tlc tlc, int behaviours) {
    this.models = models;
    this.tlc = tlc;
    this.behaviours = behaviours;
  }

  /**
   * The same check by random behaviours, always the same ones: for models with more states than can
   * be looked at. Counts are then not compared.
   *
   * @param count how many behaviours a config is given, at least 1
   */
  public ModelCheck simulating(int count) {
    return new ModelCheck(models, tlc, count);
  }

  /**
   * Runs the selected configs.
   *
   * @param workers threads of TLC in all, at least 1
   * @param listener is told of each verdict when it is there, by the calling thread
   * @return the verdicts, in the order of the manifests
   * @throws TlaException if a model or fault is unknown, nothing is selected, TLC cannot be started
   *     or the calling thread is interrupted; runs under way are ended
   */
  public List<ConfigVerdict> run(
      CheckSelection selection, int workers, Consumer<ConfigVerdict> listener) {
    List<Job> jobs = select(selection);
    boolean alone = jobs.size() == 1 && jobs.get(0).expectsNoViolation() && behaviours == 0;
    int each = alone ? workers : 1;
    ExecutorService pool = Executors.newFixedThreadPool(workers);
    try {
      CompletionService<ConfigVerdict> running = new ExecutorCompletionService<>(pool);
      jobs.stream().sorted(Job.LONGEST_FIRST).forEach(job -> running.submit(() -> run(job, each)));
      List<ConfigVerdict> verdicts = new ArrayList<>();
      for (int i = 0; i < jobs.size(); i++) {
        ConfigVerdict verdict = running.take().get();
        verdicts.add(verdict);
        listener.accept(verdict);
      }
      verdicts.sort(Comparator.comparingInt(v -> jobs.indexOf(new Job(v.model(), v.config()))));
      return List.copyOf(verdicts);
    } catch (ExecutionException e) {
      throw e.getCause() instanceof TlaException known
          ? known
          : new TlaException("the check failed: " + e.getCause(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new TlaException("interrupted", e);
    } finally {
      pool.shutdownNow();
    }
  }

  private List<Job> select(CheckSelection selection) {
    List<Model> chosen =
        selection.models().isEmpty()
            ? models.all()
            : selection.models().stream().map(models::named).distinct().toList();
    List<Job> jobs =
        chosen.stream()
            .flatMap(
                model ->
                    model.configs().stream()
                        .filter(selection::includes)
                        .map(config -> new Job(model, config)))
            .toList();
    if (jobs.isEmpty()) {
      throw new TlaException(Kind.UNKNOWN, nothingSelected(selection, chosen));
    }
    return jobs;
  }

  private static String nothingSelected(CheckSelection selection, List<Model> chosen) {
    List<String> faults = chosen.stream().flatMap(model -> model.faults().stream()).toList();
    return selection
        .fault()
        .map(fault -> "unknown fault '" + fault + "'; there is " + String.join(", ", faults))
        .orElse("no config in tier " + selection.tier());
  }

  private ConfigVerdict run(Job job, int workers) {
    try (ScratchFolder scratch = ScratchFolder.create()) {
      var folder = scratch.folder("model");
      models.unpack(job.model(), folder);
      TlcRun run =
          new TlcRun(
              folder.resolve(job.config().module() + ".tla"),
              folder.resolve(job.config().name() + ".cfg"),
              List.of(),
              workers,
              job.config().tier().heapMegabytes(),
              job.config().tier() == Tier.QUICK,
              job.expectsNoViolation() && behaviours == 0,
              true,
              behaviours);
      TlcResult result = tlc.run(run, scratch);
      return ConfigVerdict.of(
          job.model(), job.config(), run, result, clausesOf(job.model(), result));
    }
  }

  private List<ClauseId> clausesOf(Model model, TlcResult result) {
    return result
        .violated()
        .map(
            operator ->
                models.citations(model).stream()
                    .filter(citation -> citation.element().endsWith("!" + operator))
                    .map(Citation::clause)
                    .toList())
        .orElse(List.of());
  }

  private record Job(Model model, ModelConfig config) {

    // A run that a violation cuts short has no count, and takes less time than any that has one.
    static final Comparator<Job> LONGEST_FIRST =
        Comparator.comparingLong((Job job) -> job.config().distinctStates().orElse(0)).reversed();

    boolean expectsNoViolation() {
      return config.expected() == TlcOutcome.OK;
    }
  }
}
