/** What a repair changed, written to a file before each change, so that undo can put it back and a later run can clean up after a killed one. */
@NullMarked
package dev.freshpyc.indexer.repair.journal;

import org.jspecify.annotations.NullMarked;
