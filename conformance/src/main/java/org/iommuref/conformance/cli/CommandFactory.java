package org.iommuref.conformance.cli;

import org.iommuref.conformance.process.ProcessOptions;
import picocli.CommandLine;
import picocli.CommandLine.IFactory;

/**
 * Makes the commands; those that start children are told how long to wait for them.
 *
 * @param processes what a child is granted
 */
record CommandFactory(ProcessOptions processes) implements IFactory {

  @Override
  public <K> K create(Class<K> type) throws Exception {
    if (type == ConformCommand.class) {
      return type.cast(new ConformCommand(processes));
    }
    if (type == DoctorCommand.class) {
      return type.cast(new DoctorCommand(processes));
    }
    return CommandLine.defaultFactory().create(type);
  }
}
