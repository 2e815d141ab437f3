package org.iommuref.spec.spi;

import java.io.IOException;
import java.io.InputStream;

/**
 * Brings TLA+ models; found by ServiceLoader.
 *
 * <p>The files lie as in a folder: {@code manifest.json}, which names the models, their modules and
 * their configs, and {@code <Model>/<file>} for each of them.
 */
public interface ModelLibrary {

  /** Who brings the models, as a message names it. */
  String name();

  /**
   * Opens a file; the caller closes it.
   *
   * @param path relative, with {@code /} between its parts, as {@code UnmapFlush/UnmapFlush.tla}
   * @throws IOException if there is no such file or it cannot be read
   */
  InputStream open(String path) throws IOException;
}
