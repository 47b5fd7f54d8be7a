package dev.freshpyc.indexer.image.archive;

import dev.freshpyc.core.digest.Sha256;

/**
 * A layer that was read: its members stand in the store of names.
 *
 * @param digest of the bytes as they stand in the image
 * @param unpacked of the uncompressed archive: the layer's {@code diff_id}
 * @param members how many members it has
 * @param from where the members begin in the store of names
 * @param to where they end
 * @param suffix how the layer is compressed, as media types say
 * @param size bytes as they stand in the image
 */
record Layer(Sha256 digest, Sha256 unpacked, long members, long from, long to, String suffix, long size) {}
