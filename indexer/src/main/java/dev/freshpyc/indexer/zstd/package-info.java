/**
 * Unpacks zstd (RFC 8878) within a bounded memory, because the input may be hostile.
 */
@NullMarked
package dev.freshpyc.indexer.zstd;

import org.jspecify.annotations.NullMarked;
