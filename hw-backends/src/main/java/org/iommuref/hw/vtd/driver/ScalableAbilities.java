package org.iommuref.hw.vtd.driver;

import org.iommuref.hw.vtd.layout.Capability;
import org.iommuref.hw.vtd.layout.ExtendedCapability;

/**
 * What the capability registers of one or more units offer of scalable mode, and what came with it.
 *
 * @param usable SMTS: the driver runs the units in scalable mode
 * @param firstStage FSTS
 * @param gigabytePages FS1GP: the first stage has pages of 1 GiB
 * @param fiveLevels FS5LP: the first stage may have 5 levels
 * @param secondStage SSTS
 * @param nesting NEST
 * @param dirtyTracking SSADS: the second stage keeps accessed and dirty bits
 * @param pasidBits PASID, PSS: the width of the PASIDs that requests may carry, 0 if they carry
 *     none
 * @param snoopControl SC: accesses can be made coherent
 * @param coherentWalks SMPWCS: walks of tables can be snooped
 * @param deviceTlbs DT: devices may ask for translations and keep them
 * @param pageRequests PRS, PDS: devices may ask for pages, and it can be waited for that they did
 */
record ScalableAbilities(
    boolean usable,
    boolean firstStage,
    boolean gigabytePages,
    boolean fiveLevels,
    boolean secondStage,
    boolean nesting,
    boolean dirtyTracking,
    int pasidBits,
    boolean snoopControl,
    boolean coherentWalks,
    boolean deviceTlbs,
    boolean pageRequests) {

  /** Of a unit with these values of CAP and ECAP. */
  static ScalableAbilities of(long cap, long ecap) {
    return new ScalableAbilities(
        ExtendedCapability.SMTS.isSet(ecap),
        ExtendedCapability.FSTS.isSet(ecap),
        Capability.FS1GP.isSet(cap),
        Capability.FS5LP.isSet(cap),
        ExtendedCapability.SSTS.isSet(ecap),
        ExtendedCapability.NEST.isSet(ecap),
        ExtendedCapability.SSADS.isSet(ecap),
        ExtendedCapability.PASID.isSet(ecap) ? (int) ExtendedCapability.PSS.get(ecap) + 1 : 0,
        ExtendedCapability.SC.isSet(ecap),
        ExtendedCapability.SMPWCS.isSet(ecap),
        ExtendedCapability.DT.isSet(ecap),
        ExtendedCapability.PRS.isSet(ecap) && ExtendedCapability.PDS.isSet(ecap));
  }

  /** Of two sets of units together: a domain has to fit all of them. */
  ScalableAbilities and(ScalableAbilities other) {
    return new ScalableAbilities(
        usable && other.usable,
        firstStage && other.firstStage,
        gigabytePages && other.gigabytePages,
        fiveLevels && other.fiveLevels,
        secondStage && other.secondStage,
        nesting && other.nesting,
        dirtyTracking && other.dirtyTracking,
        Math.min(pasidBits, other.pasidBits),
        snoopControl && other.snoopControl,
        coherentWalks && other.coherentWalks,
        deviceTlbs && other.deviceTlbs,
        pageRequests && other.pageRequests);
  }
}
