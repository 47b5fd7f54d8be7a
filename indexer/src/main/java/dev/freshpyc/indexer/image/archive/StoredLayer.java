package dev.freshpyc.indexer.image.archive;

import java.util.Optional;

/**
 * A layer as an image stores it.
 *
 * @param name of the part that the layer is, aliases followed
 * @param digest SHA-256 in hexadecimal digits
 * @param size in bytes
 * @param suffix how the layer is compressed, as media types say: {@code +gzip}, {@code +zstd} or nothing
 * @param descriptor what the manifest says of the layer; empty where it only names it
 */
public record StoredLayer(String name, String digest, long size, String suffix, Optional<Json> descriptor) {}
