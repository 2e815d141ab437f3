package org.iommuref.spec.wire;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SpecVersion;
import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.Map;

/** The schemas as they lie on the class path. */
final class Schemas {

  private static final String FOLDER = "org/iommuref/spec/schemas/";
  private static final JsonSchemaFactory FACTORY =
      JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012);
  private static final Map<String, JsonSchema> LOADED = new HashMap<>();

  private Schemas() {}

  /** Requires the message to fit the schema, or the definition in it that {@code #/...} names. */
  static void assertFits(String schema, JsonNode message) {
    assertThat(load(schema).validate(message)).as("%s against %s", message, schema).isEmpty();
  }

  /** Requires the message not to fit. */
  static void assertRefuses(String schema, JsonNode message) {
    assertThat(load(schema).validate(message)).as("%s against %s", message, schema).isNotEmpty();
  }

  /** The schema as plain JSON. */
  static JsonNode text(String file) {
    try (InputStream in = Schemas.class.getClassLoader().getResourceAsStream(FOLDER + file)) {
      return new ObjectMapper().readTree(in);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static JsonSchema load(String schema) {
    return LOADED.computeIfAbsent(
        schema, name -> FACTORY.getSchema(SchemaLocation.of("classpath:" + FOLDER + name)));
  }
}
