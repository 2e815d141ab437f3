package org.iommuref.conformance.scenario;

/**
 * How far a scenario is explored unless the user says otherwise.
 *
 * @param preemptions the most in a schedule
 * @param choices the most of what is not determined that may come out other than plain
 * @param most how many schedules within that are run; 0 for all
 * @param random how many schedules are drawn at random after those within the bound
 */
public record Bound(int preemptions, int choices, int most, int random) {}
