package org.iommuref.model.iommufd.file;

import org.iommuref.spec.iommufd.FileId;
import org.iommuref.spec.step.Step;
import org.iommuref.spec.step.YieldingStep;

/** One access to the open files. */
public sealed interface FileStep extends Step {

  /** A file that is open gets its number. */
  record OpenFileStep() implements FileStep, YieldingStep<FileId> {
    @Override
    public FileId ifDropped() {
      return new FileId(0);
    }

    @Override
    public String action() {
      return "OpenFile";
    }
  }

  /** fget: takes a reference to a file; whether there is one. */
  record HoldFile(FileId file) implements FileStep, YieldingStep<Boolean> {
    @Override
    public Boolean ifDropped() {
      return true;
    }
  }

  /** fput at the end of a call; whether it was the last. */
  record EndCall(FileId file) implements FileStep, YieldingStep<Boolean> {
    @Override
    public Boolean ifDropped() {
      return false;
    }
  }

  /** Whether there is a file. */
  record FindFile(FileId file) implements FileStep, YieldingStep<Boolean> {
    @Override
    public Boolean ifDropped() {
      return false;
    }
  }

  /** get_file: takes one more reference. */
  record GetFile(FileId file) implements FileStep {}

  /** fput: drops a reference; whether it was the last. */
  record PutFile(FileId file) implements FileStep, YieldingStep<Boolean> {
    @Override
    public Boolean ifDropped() {
      return false;
    }
  }
}
