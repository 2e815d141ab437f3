#!/bin/sh
# A QEMU without an IOMMU: whatever machine it is asked for, it says so and ends.
echo "'intel-iommu' is not a valid device model name" >&2
exit 1
