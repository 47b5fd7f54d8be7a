/** Many processes and threads that refresh and read one index at the same time. */
@NullMarked
package dev.freshpyc.indexer.concurrency;

import org.jspecify.annotations.NullMarked;
