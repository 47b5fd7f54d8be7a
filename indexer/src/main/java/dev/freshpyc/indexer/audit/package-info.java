/** The staleness report: judges every pair of a scan, counts by entry and directory, and lists the findings. */
@NullMarked
package dev.freshpyc.indexer.audit;

import org.jspecify.annotations.NullMarked;
