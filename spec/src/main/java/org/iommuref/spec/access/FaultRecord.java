package org.iommuref.spec.access;

import org.jspecify.annotations.Nullable;

/**
 * One record of a refused access, as the hardware told it and the driver read it. FREC-001 to
 * FREC-008.
 *
 * @param rid who issued the access
 * @param pasid the PASID that it carried, or null
 * @param page the address of the access rounded down to 4 KiB, in bytes
 * @param write whether the access wanted to write
 * @param reason the architecture's reason code; compared only by clauses of that architecture
 */
public record FaultRecord(Rid rid, @Nullable Pasid pasid, Iova page, boolean write, int reason) {}
