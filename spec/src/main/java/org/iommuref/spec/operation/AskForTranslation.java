package org.iommuref.spec.operation;

import org.iommuref.spec.access.Iova;
import org.iommuref.spec.access.Pasid;
import org.iommuref.spec.access.Rid;
import org.iommuref.spec.backend.KeepingDevices;
import org.iommuref.spec.backend.KeepingDevices.Translation;
import org.jspecify.annotations.Nullable;

/** Lets a device ask for the translation of a page; yields what it is given. */
public record AskForTranslation(Rid device, @Nullable Pasid pasid, Iova page)
    implements BackendOperation<Translation> {

  @Override
  public String op() {
    return "device.translate";
  }

  @Override
  public Class<Translation> yields() {
    return Translation.class;
  }

  @Override
  public Reply<Translation> applyTo(BackendSeam seam) {
    return seam.with(KeepingDevices.class, b -> Reply.ok(b.translation(device, pasid, page)));
  }
}
