/** Writes what was planned, in two steps: new files are made beside the old ones, then each is renamed onto its old file. A file or a source that changed since the plan is left alone. */
@NullMarked
package dev.freshpyc.indexer.repair.write;

import org.jspecify.annotations.NullMarked;
