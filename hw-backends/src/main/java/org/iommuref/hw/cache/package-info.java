/**
 * Translation caches of any unit: entries with a tag and a range of addresses, and a policy that
 * says which are kept and which of those that are live is used.
 *
 * <p>Clause area: INV; the witness of INV-003 is what a cache here keeps. Start at {@link
 * org.iommuref.hw.cache.TranslationCache}. A policy is a {@link org.iommuref.hw.cache.CacheMaker};
 * a third policy is a file of its own.
 */
@NullMarked
package org.iommuref.hw.cache;

import org.jspecify.annotations.NullMarked;
