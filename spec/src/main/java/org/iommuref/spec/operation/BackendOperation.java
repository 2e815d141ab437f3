package org.iommuref.spec.operation;

/** A call at seam 2. */
public interface BackendOperation<V> extends Operation<V> {

  /** Makes the call on a Java implementation. */
  Reply<V> applyTo(BackendSeam seam);
}
