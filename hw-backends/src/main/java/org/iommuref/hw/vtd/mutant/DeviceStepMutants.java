package org.iommuref.hw.vtd.mutant;

import java.util.List;
import java.util.function.LongUnaryOperator;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.iommuref.hw.vtd.ScalableProvider;
import org.iommuref.hw.vtd.driver.AttachOrder;
import org.iommuref.hw.vtd.driver.DriverParts;
import org.iommuref.hw.vtd.driver.DriverStep.AbortWait;
import org.iommuref.hw.vtd.driver.DriverStep.DisableAts;
import org.iommuref.hw.vtd.driver.DriverStep.DisablePri;
import org.iommuref.hw.vtd.driver.DriverStep.EnableAts;
import org.iommuref.hw.vtd.driver.DriverStep.EnablePri;
import org.iommuref.hw.vtd.driver.DriverStep.FindDevice;
import org.iommuref.hw.vtd.driver.DriverStep.ReadPageRequest;
import org.iommuref.hw.vtd.driver.DriverStep.WriteDescriptor;
import org.iommuref.hw.vtd.driver.DriverStep.WriteRegister;
import org.iommuref.hw.vtd.driver.PageRequestRing;
import org.iommuref.hw.vtd.driver.QueueErrors;
import org.iommuref.hw.vtd.driver.UnitParts;
import org.iommuref.hw.vtd.driver.UnitRegisters;
import org.iommuref.hw.vtd.layout.FaultStatus;
import org.iommuref.hw.vtd.layout.Field;
import org.iommuref.hw.vtd.layout.Granularity;
import org.iommuref.hw.vtd.layout.InvalidationDescriptor;
import org.iommuref.hw.vtd.layout.PageRequestRegisters;
import org.iommuref.hw.vtd.layout.PasidDescriptor;
import org.iommuref.hw.vtd.layout.Register;
import org.iommuref.spec.access.Rid;
import org.iommuref.spec.backend.DomainId;
import org.iommuref.spec.backend.IommuBackend;
import org.iommuref.spec.backend.PageRequests;
import org.iommuref.spec.core.PageRequest;
import org.iommuref.spec.core.PageResponse;
import org.iommuref.spec.memory.Memory.Atom;
import org.iommuref.spec.spi.Mutant;
import org.iommuref.spec.step.Steps;

/** ATS, page requests and devices that do not answer, handled wrongly. */
final class DeviceStepMutants {

  private static final int REQUEST_BYTES = 32;
  private static final int SUCCESS = 0;
  private static final int INVALID = 1;

  private DeviceStepMutants() {}

  static List<StepMutant> steps() {
    return Stream.of(control(), timeouts(), requests())
        .flatMap(each -> each)
        .map(mutant -> mutant.of(ScalableProvider.NAME))
        .toList();
  }

  private static Stream<StepMutant> control() {
    return Stream.of(
        StepMutant.drop(
            EnableAts.class, "drop-enable-ats", "ATS of a device is never turned on", "ATS-001"),
        StepMutant.drop(
            EnablePri.class,
            "drop-enable-pri",
            "page requests of a device are never turned on",
            "ATS-001",
            "PRQ-001",
            "PRQ-008"),
        StepMutant.drop(
                DisableAts.class, "drop-disable-ats", "ATS of a device is never off", "ATS-005")
            .ofRaces("R70"),
        StepMutant.drop(
            DisablePri.class,
            "drop-disable-pri",
            "page requests of a device are never turned off",
            "ATS-005"));
  }

  private static Stream<StepMutant> timeouts() {
    return Stream.of(
        StepMutant.drop(
                AbortWait.class,
                "drop-abort-wait",
                "what a time-out has aborted is waited for as before",
                "ATS-004",
                "ATS-008")
            .ofRaces("R61"),
        StepMutant.drop(
                FindDevice.class,
                "drop-find-device",
                "every device is taken for one that is there",
                "ATS-006",
                "ATS-007")
            .ofRaces("R62"),
        StepMutant.drop(
            WriteRegister.class,
            step -> step.register() == Register.FSTS && FaultStatus.ITE.isSet(step.value()),
            "drop-clear-timeout",
            "the time-out of an invalidation is never cleared",
            "ATS-004",
            "ATS-008"),
        StepMutant.drop(
            WriteRegister.class,
            step -> step.register() == Register.FSTS && FaultStatus.IQE.isSet(step.value()),
            "drop-clear-queue-error",
            "the error of a queue that has stopped is never cleared",
            "INV-020"),
        StepMutant.drop(
            WriteDescriptor.class,
            step -> step.descriptor().equals(InvalidationDescriptor.fence()),
            "drop-repair",
            "a descriptor that was refused is left where it is",
            "INV-020"));
  }

  private static Stream<StepMutant> requests() {
    return Stream.of(
        StepMutant.change(
            ReadPageRequest.class,
            step -> new ReadPageRequest(step.unit(), step.address() ^ REQUEST_BYTES),
            "requests-in-turned-pairs",
            "each page request is read from the place beside its own",
            "PRQ-003"),
        StepMutant.drop(
            ReadPageRequest.class,
            "drop-read-page-request",
            "every page request is taken for an empty one",
            "PRQ-001"),
        StepMutant.drop(
            WriteRegister.class,
            step -> step.register() == Register.PQH && step.value() != 0,
            "drop-write-request-head",
            "the unit is never told which page requests have been taken",
            "PRQ-002"),
        StepMutant.drop(
                WriteRegister.class,
                step ->
                    step.register() == Register.PRS && PageRequestRegisters.PRO.isSet(step.value()),
                "drop-clear-request-overflow",
                "the overflow of the queue of page requests is never acknowledged",
                "PRQ-011")
            .ofRaces("R95"),
        response(
            PasidDescriptor.PRGI,
            group -> group ^ 1,
            "response-to-next-group",
            "an answer names the group beside the right one",
            "PRQ-005",
            "PRQ-010"),
        response(
            PasidDescriptor.RC,
            code -> SUCCESS,
            "response-always-success",
            "every answer says success",
            "PRQ-005",
            "PRQ-007"),
        ScalableStepMutants.descriptor(
                PasidDescriptor.TYPE_RESPONSE,
                d ->
                    PasidDescriptor.RC.get(d) == INVALID
                        ? InvalidationDescriptor.iotlb(Granularity.GLOBAL, 0, 0, 0, false)
                        : d,
                "invalid-never-said",
                "a page request that nobody deals with is not answered",
                "PRQ-007")
            .ofRaces("R90"));
  }

  private static StepMutant response(
      Field field, LongUnaryOperator change, String name, String title, String... clauses) {
    return ScalableStepMutants.descriptor(
        PasidDescriptor.TYPE_RESPONSE,
        d -> ScalableStepMutants.with(d, field, change),
        name,
        title,
        clauses);
  }

  static List<Mutant> parts() {
    return List.of(
        PartMutant.scalable(
                "ats-before-entry",
                "ATS of a device is turned on before its context entry is there",
                PartMutant.withOrder(
                    new AttachOrder() {
                      @Override
                      public void begin(Runnable context, Runnable ats) {
                        ats.run();
                        context.run();
                      }
                    }),
                "ATS-002")
            .ofRaces("R72"),
        PartMutant.scalable(
                "ats-off-after-entry",
                "the context entry of a device is gone before its ATS is off",
                PartMutant.withOrder(
                    new AttachOrder() {
                      @Override
                      public void end(Runnable ats, Runnable context) {
                        context.run();
                        ats.run();
                      }
                    }),
                "ATS-003")
            .ofRaces("R72"),
        PartMutant.scalable(
            "pri-before-ats",
            "page requests of a device are turned on before its ATS is",
            PartMutant.withOrder(
                new AttachOrder() {
                  @Override
                  public void enable(Runnable ats, Runnable pri) {
                    pri.run();
                    ats.run();
                  }
                }),
            "ATS-010"),
        PartMutant.scalable(
            "pri-off-after-ats",
            "page requests of a device are turned off after its ATS is",
            PartMutant.withOrder(
                new AttachOrder() {
                  @Override
                  public void disable(Runnable pri, Runnable ats) {
                    ats.run();
                    pri.run();
                  }
                }),
            "ATS-010"),
        PartMutant.scalable(
                "entry-ends-without-drain",
                "page requests of an entry that ends are not waited for",
                PartMutant.withOrder(
                    new AttachOrder() {
                      @Override
                      public void drain(TearDown entry, Runnable drain) {
                        entry.tearDown();
                      }
                    }),
                "PRQ-004",
                "PRQ-012")
            .ofRaces("R87", "R88"),
        PartMutant.scalable(
                "timeout-taken-for-done",
                "an invalidation that a device has missed is taken for one that it has done",
                new DriverParts() {
                  @Override
                  protected QueueErrors queueErrors(
                      UnitRegisters registers, Steps steps, Predicate<Rid> present) {
                    return new GivesUp(registers, steps);
                  }
                },
                "ATS-004")
            .ofRaces("R63"),
        PartMutant.scalable(
                "answers-stop-markers",
                "a stop marker is handed on as a request",
                new DriverParts() {
                  @Override
                  protected PageRequestRing pageRequestRing(UnitParts unit, long ring) {
                    return new HearsMarkers(unit, ring);
                  }
                },
                "PRQ-009")
            .ofRaces("R96"),
        PartMutant.scalable(
            "refused-command-skipped",
            "an invalidation that hardware has refused is skipped",
            new DriverParts() {
              @Override
              protected QueueErrors queueErrors(
                  UnitRegisters registers, Steps steps, Predicate<Rid> present) {
                return new Skips(registers, steps, present);
              }
            },
            "INV-021"),
        PartMutant.callInScalable(
                "answers-twice",
                "every group of page requests is answered twice",
                AnswersTwice::new,
                "PRQ-006")
            .ofRaces("R93"));
  }

  /** Takes every device that has not answered for one that is gone. */
  private static final class GivesUp extends QueueErrors {
    GivesUp(UnitRegisters registers, Steps steps) {
      super(registers, steps, device -> false);
    }
  }

  /** What Linux does. */
  private static final class Skips extends QueueErrors {
    Skips(UnitRegisters registers, Steps steps, Predicate<Rid> present) {
      super(registers, steps, present);
    }

    @Override
    protected boolean repeats() {
      return false;
    }
  }

  private static final class HearsMarkers extends PageRequestRing {
    HearsMarkers(UnitParts unit, long ring) {
      super(unit, ring);
    }

    @Override
    protected boolean isStopMarker(Atom request) {
      return false;
    }
  }

  private static final class AnswersTwice extends Forwarding implements PageRequests {
    private final PageRequests right;

    AnswersTwice(IommuBackend driver) {
      super(driver);
      this.right = driver.extension(PageRequests.class).orElseThrow();
    }

    @Override
    public void expect(DomainId domain) {
      right.expect(domain);
    }

    @Override
    public void listen(Listener listener) {
      right.listen(listener);
    }

    @Override
    public boolean isTaking(Rid device) {
      return right.isTaking(device);
    }

    @Override
    public boolean hasUserPasidTable() {
      return right.hasUserPasidTable();
    }

    @Override
    public void respond(Rid device, PageRequest last, PageResponse response) {
      right.respond(device, last, response);
      right.respond(device, last, response);
    }
  }
}
