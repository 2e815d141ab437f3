package org.iommuref.spec.operation;

import java.util.List;
import org.iommuref.spec.backend.UserDataArray;
import org.iommuref.spec.errno.Result;
import org.iommuref.spec.iommufd.call.Bytes;

/** Structures of one type that an operation carries. */
record PassedArray(int type, List<Bytes> structures) implements UserDataArray {

  @Override
  public int entries() {
    return structures.size();
  }

  @Override
  public Result<byte[]> copyIn(int index, int expected, int minimum, int known) {
    return PassedData.copy(new PassedData(type, structures.get(index)), expected, minimum, known);
  }

  @Override
  public Result<byte[]> copyAllIn(int expected, int known) {
    byte[] all = new byte[structures.size() * known];
    for (int i = 0; i < structures.size(); i++) {
      Result<byte[]> one = copyIn(i, expected, 0, known);
      if (one.errno() != null) {
        return one;
      }
      System.arraycopy(one.value(), 0, all, i * known, known);
    }
    return Result.ok(all);
  }
}
