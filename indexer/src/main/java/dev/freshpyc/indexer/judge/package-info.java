/** The verdict on what a scan sights: by what is on disk alone, or with what an index remembers. */
@NullMarked
package dev.freshpyc.indexer.judge;

import org.jspecify.annotations.NullMarked;
