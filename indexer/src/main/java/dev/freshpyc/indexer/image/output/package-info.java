/**
 * Writes container images: those of an OCI image layout, as a directory or as one tar archive. The archive also has the list that
 * {@code docker load} reads. The same image gives the same bytes.
 */
@NullMarked
package dev.freshpyc.indexer.image.output;

import org.jspecify.annotations.NullMarked;
