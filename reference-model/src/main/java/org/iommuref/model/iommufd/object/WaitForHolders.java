package org.iommuref.model.iommufd.object;

import org.iommuref.spec.step.Step;

/**
 * Waits until nobody holds an object for short any more.
 *
 * @param id of the object
 */
public record WaitForHolders(int id) implements Step {}
