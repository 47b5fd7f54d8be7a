/** Helpers for tests of several packages. */
@NullMarked
package dev.freshpyc.indexer.testing;

import org.jspecify.annotations.NullMarked;
