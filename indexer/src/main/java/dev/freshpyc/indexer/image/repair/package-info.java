/**
 * Repairs the bytecode of container images: finds which files need other headers. A header is permanent in an image, so
 * each body is first proven by content: by a hash, by an earlier proof, by a manifest, or by compiling the source and
 * comparing. Bodies are never written.
 */
@NullMarked
package dev.freshpyc.indexer.image.repair;

import org.jspecify.annotations.NullMarked;
