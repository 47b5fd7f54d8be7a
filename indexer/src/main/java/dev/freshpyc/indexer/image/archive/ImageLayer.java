package dev.freshpyc.indexer.image.archive;

/**
 * A layer, for a report.
 *
 * @param number from 1, the lowest first
 * @param digest of the layer as it stands in the image, with the name of the function
 * @param command that made the layer; empty where the image does not say
 */
public record ImageLayer(int number, String digest, String command) {}
