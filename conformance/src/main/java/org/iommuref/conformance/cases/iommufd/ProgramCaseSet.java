package org.iommuref.conformance.cases.iommufd;

import java.util.List;
import org.iommuref.conformance.suite.Case;

/** The cases of one area. */
interface ProgramCaseSet {

  /** The cases, in the order in which they are run. */
  List<Case> cases();
}
