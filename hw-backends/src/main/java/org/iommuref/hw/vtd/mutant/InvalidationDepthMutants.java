package org.iommuref.hw.vtd.mutant;

import java.util.List;
import org.iommuref.hw.vtd.ScalableProvider;
import org.iommuref.hw.vtd.driver.DriverStep.WriteDescriptor;
import org.iommuref.hw.vtd.layout.Field;
import org.iommuref.hw.vtd.layout.InvalidationDescriptor;
import org.iommuref.hw.vtd.layout.PasidDescriptor;
import org.iommuref.spec.memory.Memory.Atom;

/** What invalidations of device-TLBs say of the device's queue, said wrongly. */
final class InvalidationDepthMutants {

  private InvalidationDepthMutants() {}

  static List<StepMutant> steps() {
    return List.of(
        StepMutant.change(
                WriteDescriptor.class,
                InvalidationDepthMutants::withoutDepth,
                "device-invalidation-without-depth",
                "no invalidation says how many of them its device takes at once",
                "ATS-011")
            .of(ScalableProvider.NAME),
        ScalableStepMutants.descriptor(
                PasidDescriptor.TYPE_DEVICE_TLB,
                d ->
                    ScalableStepMutants.with(
                        d,
                        InvalidationDescriptor.PFSID_LOW,
                        function -> PasidDescriptor.PASID.get(d) & 0xf),
                "physical-function-of-pasid",
                "invalidations are counted for each PASID, not for the function with the queue",
                "ATS-011")
            .of(ScalableProvider.NAME));
  }

  private static WriteDescriptor withoutDepth(WriteDescriptor step) {
    Atom descriptor = step.descriptor();
    return switch ((int) InvalidationDescriptor.TYPE.get(descriptor)) {
      case InvalidationDescriptor.TYPE_DEVICE_TLB -> without(step, InvalidationDescriptor.MIP);
      case PasidDescriptor.TYPE_DEVICE_TLB -> without(step, PasidDescriptor.MIP);
      default -> step;
    };
  }

  private static WriteDescriptor without(WriteDescriptor step, Field most) {
    return new WriteDescriptor(
        step.unit(), step.address(), ScalableStepMutants.with(step.descriptor(), most, depth -> 0));
  }
}
