package org.iommuref.tla;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import org.iommuref.spec.spi.ModelLibrary;

/** The models that this module carries as resources. */
public final class BundledModels implements ModelLibrary {

  private static final String FOLDER = "/org/iommuref/tla/models/";

  /** Made by ServiceLoader. */
  public BundledModels() {}

  @Override
  public String name() {
    return "iommuref";
  }

  @Override
  public InputStream open(String path) throws IOException {
    InputStream in = BundledModels.class.getResourceAsStream(FOLDER + path);
    if (in == null) {
      throw new FileNotFoundException("no such file");
    }
    return in;
  }
}
