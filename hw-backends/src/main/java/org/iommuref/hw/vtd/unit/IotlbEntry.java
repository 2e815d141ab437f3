package org.iommuref.hw.vtd.unit;

import org.iommuref.hw.cache.CacheEntry;

/**
 * A translation in the IOTLB: found by requester and address, invalidated by domain tag and
 * address. Manual 6.2.4.
 *
 * @param tag the requester as the lookup presents it
 * @param domainId the tag of the domain that it was filled from
 * @param base the first address of the page, in bytes
 * @param shift log2 of the bytes of the page
 * @param page where the page is, in bytes
 * @param rights the {@link Rights} of all entries of the walk; none for a page that is not present,
 *     which only caching mode keeps
 * @param faultsSilenced FPD of the context entry
 */
public record IotlbEntry(
    long tag, int domainId, long base, int shift, long page, int rights, boolean faultsSilenced)
    implements CacheEntry {}
