package org.iommuref.conformance.scenario;

import org.iommuref.spec.errno.Errno;
import org.iommuref.spec.errno.Result;
import org.iommuref.spec.iommufd.Processes.Descriptor;
import org.iommuref.spec.step.Step;
import org.iommuref.spec.step.YieldingStep;

/** One access to what the threads of a process share: its descriptors, its files, its memory. */
sealed interface ProcessStep extends Step {

  /** What a descriptor names. */
  record LookUp(int descriptor) implements ProcessStep, YieldingStep<Descriptor> {
    @Override
    public Descriptor ifDropped() {
      return new Descriptor.Closed();
    }
  }

  /** Takes a descriptor away; whether there was one. */
  record Withdraw(int descriptor) implements ProcessStep, YieldingStep<Boolean> {
    @Override
    public Boolean ifDropped() {
      return false;
    }
  }

  /** fd_install: gives the lowest descriptor that is free. */
  record Install() implements ProcessStep, YieldingStep<Result<Integer>> {
    @Override
    public Result<Integer> ifDropped() {
      return Result.err(Errno.EMFILE);
    }
  }

  /** get_file of an ordinary file. */
  record HoldUserFile() implements ProcessStep {}

  /** fput of an ordinary file. */
  record ReleaseUserFile() implements ProcessStep {}

  /** copy_from_user, of memory that threads share; whether there was something to copy. */
  record CopyIn(long address, int length) implements ProcessStep, YieldingStep<Boolean> {
    @Override
    public Boolean ifDropped() {
      return false;
    }
  }

  /** copy_to_user, of memory that threads share. */
  record CopyOut(long address, int length) implements ProcessStep, YieldingStep<Result<Integer>> {
    @Override
    public Result<Integer> ifDropped() {
      return Result.err(Errno.EFAULT);
    }
  }

  /** Waits until a page that is not there has been brought in. */
  record AwaitPage(long page) implements ProcessStep {}

  /** A thread writes its memory, and brings in its pages if they are not there. */
  record Store(long address) implements ProcessStep {}
}
