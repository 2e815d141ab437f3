/**
 * The cases of seam 2, by area: what a device sees, and nothing of how an implementation does it;
 * below it those of the other seams.
 *
 * <p>One class an area, registered in {@link org.iommuref.conformance.cases.Cases}. A case is made
 * with {@link org.iommuref.conformance.cases.Scene}. Clause areas DOM, GRP, ATT, RST, PASID, MAP,
 * INV, FREC, ATS, PRQ, NEST, DIRTY, and of VTD the fault reasons that a driver passes on.
 *
 * <p>Sequences are drawn as {@link org.iommuref.conformance.cases.Intention}s and written out by
 * {@link org.iommuref.conformance.cases.SequenceWriter}; each has up to three {@link
 * org.iommuref.conformance.cases.Theme}s of those that the target claims. How many of 400 sequences
 * must succeed with each operation says {@code GeneratedOperationsTest}.
 */
@NullMarked
package org.iommuref.conformance.cases;

import org.jspecify.annotations.NullMarked;
