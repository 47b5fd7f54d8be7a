package dev.freshpyc.indexer.scan;

import dev.freshpyc.core.observe.Observation.Placement;
import dev.freshpyc.core.path.RawPath;
import org.jspecify.annotations.Nullable;

/**
 * The module that an import finds in place of a pyc's module.
 *
 * @param placement the placement of the hidden bytecode
 * @param path the file that the import finds, relative to the entry, or absolute in another entry; null for a built-in module
 */
record Hider(Placement placement, @Nullable RawPath path) {}
