package org.iommuref.spec.iommufd;

/**
 * Names an open file of the implementation: a context of {@code /dev/iommu}, a fault or event
 * queue, a dma-buf, an access of the test interface.
 *
 * <p>It is the open file description, not a descriptor: descriptors are the caller's, several of
 * them may name one file, in several processes.
 *
 * @param number unique as long as the implementation lives
 */
public record FileId(int number) implements Comparable<FileId> {

  @Override
  public int compareTo(FileId other) {
    return Integer.compare(number, other.number);
  }

  @Override
  public String toString() {
    return "file" + number;
  }
}
