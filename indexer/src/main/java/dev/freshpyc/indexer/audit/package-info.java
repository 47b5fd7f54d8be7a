/** The staleness report: every pair of a scan judged, counted by entry and directory, and the odd ones named. */
@NullMarked
package dev.freshpyc.indexer.audit;

import org.jspecify.annotations.NullMarked;
