package org.iommuref.spec.operation;

import org.iommuref.spec.core.IommuCore;

/** A call on the in-kernel interface of the IOMMU core. */
public interface CoreOperation<V> extends Operation<V> {

  /** Makes the call on a Java implementation. */
  Reply<V> applyTo(IommuCore core);
}
