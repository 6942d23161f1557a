/**
 * What a run of the kit leaves behind: the outcomes of its checks, and the files that are written
 * from them. A report is data alone; it does not know how the checks were run.
 */
@NullMarked
package fluxion.conformance.report;

import org.jspecify.annotations.NullMarked;
