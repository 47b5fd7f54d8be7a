/**
 * Writes container images as an OCI image layout: a directory or one tar archive. The archive also has the list that
 * {@code docker load} reads. Equal images give equal bytes.
 */
@NullMarked
package dev.freshpyc.indexer.image.output;

import org.jspecify.annotations.NullMarked;
