package org.iommuref.model.iommufd.pages;

import java.util.List;
import org.iommuref.spec.step.Step;
import org.iommuref.spec.step.YieldingStep;

/** One access to what the pages of a shared buffer, or the buffer itself, keep in common. */
public sealed interface BufferStep extends Step {

  /** Whether the pages have been revoked. */
  record ReadRevoked() implements BufferStep, YieldingStep<Boolean> {
    @Override
    public Boolean ifDropped() {
      return false;
    }
  }

  /** From now on the pages are revoked. */
  record MarkRevoked() implements BufferStep {}

  /** Notes where the pages are mapped. */
  record NoteMapping() implements BufferStep {}

  /** Forgets where they were mapped. */
  record ForgetMapping() implements BufferStep {}

  /** Takes every place where they are mapped. */
  record TakeMappings() implements BufferStep, YieldingStep<Integer> {
    @Override
    public Integer ifDropped() {
      return 0;
    }
  }

  /** Adds pages to those that the buffer tells of a revocation; false while it is revoked. */
  record AddImporter() implements BufferStep, YieldingStep<Boolean> {
    @Override
    public Boolean ifDropped() {
      return true;
    }
  }

  /** Removes pages from those. */
  record RemoveImporter() implements BufferStep {}

  /** The buffer is revoked, or given again. */
  record SetRevoked(boolean revoked) implements BufferStep {}

  /** The pages that the buffer tells. */
  record ListImporters() implements BufferStep, YieldingStep<List<DmabufPages>> {
    @Override
    public List<DmabufPages> ifDropped() {
      return List.of();
    }
  }
}
