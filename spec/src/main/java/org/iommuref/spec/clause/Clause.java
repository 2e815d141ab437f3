package org.iommuref.spec.clause;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The annotated code states, implements or tests the named clauses.
 *
 * <p>An id that the catalogue does not have, or that was withdrawn, fails the compilation ({@link
 * CitationProcessor}).
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.TYPE, ElementType.METHOD, ElementType.FIELD, ElementType.CONSTRUCTOR})
public @interface Clause {

  /** Ids of clauses, each {@code AREA-NNN}, as {@code "INV-001"}. */
  String[] value();
}
