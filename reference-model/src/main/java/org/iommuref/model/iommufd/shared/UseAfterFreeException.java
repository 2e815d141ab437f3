package org.iommuref.model.iommufd.shared;

/** Something was touched that had been freed. Clause OBJ-050. */
public final class UseAfterFreeException extends IllegalStateException {

  private static final long serialVersionUID = 1L;

  UseAfterFreeException(String message) {
    super("OBJ-050: " + message);
  }
}
