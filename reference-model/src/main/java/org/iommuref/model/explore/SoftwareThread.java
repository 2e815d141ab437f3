package org.iommuref.model.explore;

/**
 * A thread of the modelled software.
 *
 * <p>Between its steps the body may touch nothing that another thread or hardware can touch.
 *
 * @param name as traces and schedules print it
 * @param body what it does
 */
public record SoftwareThread(String name, Runnable body) {}
