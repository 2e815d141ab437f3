/**
 * The rules of the whole repository that a program can see: which module sees which, and how files
 * look.
 */
@NullMarked
package org.iommuref.conformance.house;

import org.jspecify.annotations.NullMarked;
