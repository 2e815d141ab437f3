package org.iommuref.hw.vtd.unit;

import org.iommuref.hw.cache.CacheEntry;

/**
 * A translation of scalable mode in the IOTLB: found by requester, PASID and address, invalidated
 * by domain tag, PASID, type and address. Manual 6.2.1 and 6.2.4.
 *
 * @param tag requester and PASID, or that there was none, as the lookup presents them
 * @param pasid the PASID that it was translated by: RID_PASID where the request had none
 * @param privileged RID_PRIV where the request had no PASID
 * @param content the PASID entry that it was filled from
 * @param base the first address of the page, in bytes
 * @param shift log2 of the bytes of the page
 * @param page where the page is, in bytes
 * @param firstStageRights of all first-stage entries of the walk
 * @param secondStageRights of all second-stage entries of the walk for the page
 * @param dirty whether a write needs no update of any entry
 * @param snooped SNP of the second-stage leaf
 * @param faultsSilenced FPD of any structure of the walk
 */
public record ScalableIotlbEntry(
    long tag,
    int pasid,
    boolean privileged,
    PasidContent content,
    long base,
    int shift,
    long page,
    int firstStageRights,
    int secondStageRights,
    boolean dirty,
    boolean snooped,
    boolean faultsSilenced)
    implements CacheEntry {}
