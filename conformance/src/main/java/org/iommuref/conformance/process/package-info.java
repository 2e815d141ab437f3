/**
 * The process route: an implementation in any language behind stdin and stdout of a child process.
 *
 * <p>{@link org.iommuref.conformance.process.ProcessTarget} is what the suite sees. Below it a
 * conversation keeps ids, deadlines and the window of requests, and a {@link
 * org.iommuref.conformance.process.ChildProcess} keeps the lines. Whatever a child does wrong ends
 * as a {@link org.iommuref.spec.operation.Reply.Lost} with a reason that its author can act on.
 *
 * <p>At seam 1 a unit is asked what software and devices ask; what it sends by itself, and the
 * memory of one that has none, is kept here. At seam 2 a child is asked the operations themselves;
 * one that is a driver alone works on units that are kept here. At seam 3 programs run here, a
 * child answers their calls on files of iommufd, and asks meanwhile for their memory.
 */
@NullMarked
package org.iommuref.conformance.process;

import org.jspecify.annotations.NullMarked;
