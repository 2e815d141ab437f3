/**
 * iommufd: objects of the user for devices, page tables and maps, by the kernel's binary interface.
 *
 * <p>Linux: drivers/iommu/iommufd. Clause areas UAPI, OBJ, IOAS, PIN, ACC, HWPT, DIRTY, GINV, DEV,
 * IOPF, VEVENTQ, VIOMMU, HWQ, OPT, VFIO. Start at {@link org.iommuref.model.iommufd.IommufdModel};
 * below it are, by subject:
 *
 * <ul>
 *   <li>{@code kernel}: what all parts stand on; {@code file}: open files; {@code object}: the
 *       table of objects; {@code context}: one open file of {@code /dev/iommu}; {@code ioctl}:
 *       commands;
 *   <li>{@code pages}, {@code pagetable}: pages and the map from IOVAs to them; {@code ioas},
 *       {@code hwpt}, {@code device}, {@code eventq}, {@code viommu}, {@code option}: objects and
 *       commands.
 * </ul>
 *
 * <p>What is new goes into files of its own, and is registered in one place:
 *
 * <ul>
 *   <li>a command: a {@link org.iommuref.model.iommufd.ioctl.Command} with its layout, its checks
 *       as a list and a body; listed in {@link org.iommuref.model.iommufd.Commands};
 *   <li>a command of another numbering, as VFIO's: an {@link
 *       org.iommuref.model.iommufd.ioctl.OtherCommand}; listed there too;
 *   <li>a type of object: a class that implements {@link
 *       org.iommuref.model.iommufd.object.ObjectBody}; it is allocated by {@link
 *       org.iommuref.model.iommufd.object.ObjectTable#allocate} and found by its class;
 *   <li>a type of file: a class that implements {@link org.iommuref.model.iommufd.file.OpenFile};
 *   <li>something that page tables are made from: a {@link
 *       org.iommuref.model.iommufd.hwpt.HwptSource};
 *   <li>an origin of pages: a {@link org.iommuref.model.iommufd.pages.PagesSource};
 *   <li>state of one subject with each context: a part of the {@link
 *       org.iommuref.model.iommufd.context.Context};
 *   <li>what a driver can do: a {@link org.iommuref.spec.backend.BackendExtension} of its own;
 *   <li>an operation of the test interface: a {@code TestOp} of {@code org.iommuref.model.mock}.
 * </ul>
 *
 * <p>A function answers with an {@link org.iommuref.spec.errno.Errno}, null for success. Checks are
 * lists ({@link org.iommuref.model.iommufd.kernel.CheckList}), so that each can be dropped, swapped
 * or changed from outside. What the kernel can fail to allocate asks {@link
 * org.iommuref.model.iommufd.kernel.Kernel#fails} first.
 */
@NullMarked
package org.iommuref.model.iommufd;

import org.jspecify.annotations.NullMarked;
