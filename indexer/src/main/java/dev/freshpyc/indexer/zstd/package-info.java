/**
 * Unpacks zstd (RFC 8878) for every room that reads it, within a bounded memory: the input is hostile.
 */
@NullMarked
package dev.freshpyc.indexer.zstd;

import org.jspecify.annotations.NullMarked;
