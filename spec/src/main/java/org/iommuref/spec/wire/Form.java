package org.iommuref.spec.wire;

import com.fasterxml.jackson.databind.JsonNode;

/** How values of one Java type look in JSON. */
interface Form<T> {

  /** The value as JSON. */
  JsonNode write(T value);

  /**
   * The value that the JSON stands for.
   *
   * @param place where the JSON was found, for the message of an error
   * @throws WireException if it stands for none
   */
  T read(JsonNode json, String place);
}
