package dev.freshpyc.indexer.library;

import java.util.List;

/**
 * The result of a refresh.
 *
 * @param seen how many pycs the index has now
 * @param reused how many of them did not have to be read
 * @param changed how many sources have a new or changed record
 * @param problems what could not be read or written, a line each
 */
public record RefreshResult(long seen, long reused, long changed, List<String> problems) {}
