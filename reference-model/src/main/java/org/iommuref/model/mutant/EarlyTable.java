package org.iommuref.model.mutant;

import java.util.function.Function;
import org.iommuref.model.iommufd.kernel.Kernel;
import org.iommuref.model.iommufd.object.IommufdObject;
import org.iommuref.model.iommufd.object.ObjectBody;
import org.iommuref.model.iommufd.object.ObjectTable;
import org.iommuref.spec.errno.Result;

/** A table in which an id names its object as soon as it is allocated. */
final class EarlyTable extends ObjectTable {

  EarlyTable(Kernel kernel) {
    super(kernel);
  }

  @Override
  public <T extends ObjectBody> Result<T> allocate(Function<IommufdObject, T> body) {
    Result<T> made = super.allocate(body);
    if (made.isOk()) {
      super.finish(made.value());
    }
    return made;
  }

  @Override
  public void finish(ObjectBody body) {
    // it is found already
  }
}
