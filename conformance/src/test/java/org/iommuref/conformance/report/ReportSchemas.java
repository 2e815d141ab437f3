package org.iommuref.conformance.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.ValidationMessage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;

/** Files of a report against the schemas of {@code spec/schemas}. */
public final class ReportSchemas {

  private static final String FOLDER = "classpath:org/iommuref/spec/schemas/";
  private static final JsonSchemaFactory FACTORY =
      JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012);

  private ReportSchemas() {}

  /** The JSON in a file. */
  public static JsonNode read(Path file) {
    try {
      return new ObjectMapper().readTree(Files.readString(file));
    } catch (IOException e) {
      throw new AssertionError(file + " is no JSON", e);
    }
  }

  /** The JSON in a file, which fits the schema {@code <name>.schema.json}. */
  public static JsonNode fitting(String name, Path file) {
    JsonNode json = read(file);
    assertThat(problems(name, json)).as("%s against %s", file, name).isEmpty();
    return json;
  }

  /** What is wrong with the JSON. */
  public static Set<ValidationMessage> problems(String name, JsonNode json) {
    return FACTORY.getSchema(SchemaLocation.of(FOLDER + name + ".schema.json")).validate(json);
  }
}
