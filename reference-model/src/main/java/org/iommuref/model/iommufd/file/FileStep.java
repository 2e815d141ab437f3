package org.iommuref.model.iommufd.file;

import java.util.Optional;
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

  /** fget: finds a file and takes a reference to it. */
  record HoldFile(FileId file) implements FileStep, YieldingStep<Optional<OpenFile>> {
    @Override
    public Optional<OpenFile> ifDropped() {
      return Optional.empty();
    }
  }

  /** Finds a file. */
  record FindFile(FileId file) implements FileStep, YieldingStep<Optional<OpenFile>> {
    @Override
    public Optional<OpenFile> ifDropped() {
      return Optional.empty();
    }
  }

  /** get_file: takes one more reference. */
  record GetFile(FileId file) implements FileStep {}

  /** fput: drops a reference; yields the file if it was the last. */
  record PutFile(FileId file) implements FileStep, YieldingStep<Optional<OpenFile>> {
    @Override
    public Optional<OpenFile> ifDropped() {
      return Optional.empty();
    }
  }
}
