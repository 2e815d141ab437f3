package org.iommuref.conformance.program;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.iommuref.model.iommufd.ModelKernel;
import org.iommuref.model.process.MappedRegion;
import org.iommuref.model.process.SimulatedProcesses;
import org.iommuref.spec.iommufd.Caller;
import org.iommuref.spec.iommufd.IommufdKernel;
import org.iommuref.spec.iommufd.ProcessId;

/** A program on the model, with a kernel of its own. Its first process has all rights. */
public final class ModelProgram implements Program {

  private final SimulatedProcesses processes = new SimulatedProcesses();
  private final IommufdKernel kernel;
  private final List<ModelProcess> started = new ArrayList<>();
  private Map<MappedRegion, Integer> mapped = new HashMap<>();

  /** Starts a program over the mock driver. */
  public ModelProgram() {
    this(ModelKernel::ofMock);
  }

  /** Starts a program on a kernel: descriptors 0, 1 and 2 are taken, as in every one. */
  public ModelProgram(Function<? super SimulatedProcesses, IommufdKernel> kernels) {
    kernel = kernels.apply(processes);
    ProcessId first = processes.start(0);
    IntStream.rangeClosed(0, 2).forEach(number -> processes.otherFile(first));
    started.add(new ModelProcess(processes, kernel, first));
  }

  @Override
  public List<String> make(List<SystemCall> calls) {
    return calls.stream().map(this::make).toList();
  }

  @Override
  public String make(SystemCall call) {
    String answer =
        call instanceof SystemCall.By by ? make(by.process(), by.call()) : make(0, call);
    countMappings();
    return answer;
  }

  @Override
  public void close() {
    started.stream().filter(ModelProcess::isAlive).forEach(ModelProcess::end);
    countMappings();
  }

  private String make(int number, SystemCall call) {
    if (number >= started.size() || !started.get(number).isAlive()) {
      return "gone";
    }
    ModelProcess process = started.get(number);
    if (call instanceof SystemCall.Fork) {
      started.add(process.fork());
      return Integer.toString(started.size() - 1);
    }
    return process.make(call);
  }

  /**
   * Tells iommufd of mappings of its regions that have come by fork and by cuts, and that are gone.
   */
  private void countMappings() {
    Map<MappedRegion, Integer> now = new HashMap<>();
    processes.regions().forEach(region -> now.merge(region, 1, Integer::sum));
    for (MappedRegion region : now.keySet()) {
      for (int i = mapped.getOrDefault(region, 0); i < now.getOrDefault(region, 0); i++) {
        hold(region);
      }
    }
    for (MappedRegion region : mapped.keySet()) {
      for (int i = now.getOrDefault(region, 0); i < mapped.getOrDefault(region, 0); i++) {
        kernel.iommufd().munmap(region.file(), region.offset());
      }
    }
    mapped = now;
  }

  private void hold(MappedRegion region) {
    Caller any = new Caller(new ProcessId(1), 0, Set.of());
    var ignored =
        kernel.iommufd().mmap(any, region.file(), region.offset(), region.length(), true, false);
  }
}
