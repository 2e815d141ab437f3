package org.iommuref.conformance.house;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/** The arrows between the modules. */
class ModulesTest {

  private static final String SPEC = "org.iommuref.spec..";
  private static final String MODEL = "org.iommuref.model..";
  private static final String HARDWARE = "org.iommuref.hw..";
  private static final String TLA = "org.iommuref.tla..";
  private static final String CONFORMANCE = "org.iommuref.conformance..";

  private static final JavaClasses ALL =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("org.iommuref");

  @Test
  void modules_areAllSeen() {
    for (String module : new String[] {"spec", "model", "hw", "tla", "conformance"}) {
      assertThat(ALL).anyMatch(one -> one.getPackageName().startsWith("org.iommuref." + module));
    }
  }

  @Test
  void spec_seesNothingOfOurs() {
    noClasses()
        .that()
        .resideInAPackage(SPEC)
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(MODEL, HARDWARE, TLA, CONFORMANCE)
        .check(ALL);
  }

  @Test
  void referenceModel_seesSpecAlone() {
    noClasses()
        .that()
        .resideInAPackage(MODEL)
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(HARDWARE, TLA, CONFORMANCE)
        .check(ALL);
  }

  @Test
  void hwBackends_neverSeeTheReferenceModel() {
    noClasses()
        .that()
        .resideInAPackage(HARDWARE)
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(MODEL, TLA, CONFORMANCE)
        .check(ALL);
  }

  @Test
  void tla_seesSpecAlone() {
    noClasses()
        .that()
        .resideInAPackage(TLA)
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(MODEL, HARDWARE, CONFORMANCE)
        .check(ALL);
  }

  @Test
  void conformance_reachesBackendsThroughTheirProvidersAlone() {
    noClasses()
        .that()
        .resideInAPackage(CONFORMANCE)
        .should()
        .dependOnClassesThat()
        .resideInAPackage(HARDWARE)
        .check(ALL);
  }

  /** An oracle that shares code with what it judges agrees with itself. */
  @Test
  void oracle_importsOnlySpec() {
    classes()
        .that()
        .resideInAPackage("org.iommuref.model.oracle..")
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(
            "org.iommuref.model.oracle..", SPEC, "java..", "org.jspecify.annotations..")
        .check(ALL);
  }
}
