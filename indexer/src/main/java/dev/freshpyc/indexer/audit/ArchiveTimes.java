package dev.freshpyc.indexer.audit;

import java.time.ZoneId;

/**
 * How the times of an archive were read.
 *
 * @param zone the time zone that its local times were read in
 * @param shifted pycs that are stale by mtime alone, and would match in another time zone
 * @param shift their most frequent difference: seconds by which the header is later than the source
 */
public record ArchiveTimes(ZoneId zone, long shifted, int shift) {}
