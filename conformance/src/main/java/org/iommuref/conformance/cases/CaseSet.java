package org.iommuref.conformance.cases;

import java.util.List;
import org.iommuref.conformance.suite.Case;

/** The directed cases of one area. */
interface CaseSet {

  /** The cases, in the order in which they are run. */
  List<Case> cases(Pages pages);
}
