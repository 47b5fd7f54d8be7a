/** Finds and reads the manifests that {@link dev.freshpyc.core.manifest} parses. */
@NullMarked
package dev.freshpyc.indexer.manifest;

import org.jspecify.annotations.NullMarked;
