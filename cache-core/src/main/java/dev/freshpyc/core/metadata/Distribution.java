package dev.freshpyc.core.metadata;

import java.util.List;
import java.util.Optional;

/**
 * A distribution in a path entry, with its entry points.
 *
 * @param file the name of its metadata directory or file
 * @param key its normalized name, if a file says it: the first distribution on the path with a key hides all others with that key
 * @param name the {@code Name} of its metadata
 * @param version the {@code Version} of its metadata
 * @param entryPoints in the order of its entry_points.txt
 * @param fault why {@code importlib.metadata} raises an exception for the distribution, in one line; begins with {@link #NOT_READ}
 *     if Python would read it, but freshpyc refuses to
 */
public record Distribution(
        String file,
        Optional<String> key,
        Optional<String> name,
        Optional<String> version,
        List<EntryPoint> entryPoints,
        Optional<String> fault) {

    /** The beginning of the fault of a distribution that freshpyc refuses to read. */
    static final String NOT_READ = "not read: ";

    public Distribution {
        entryPoints = List.copyOf(entryPoints);
    }

    static Distribution of(String file, Optional<String> key, MetadataHeader header, List<EntryPoint> entryPoints) {
        return new Distribution(file, key, header.name(), header.version(), entryPoints, Optional.empty());
    }

    static Distribution broken(String file, Optional<String> key, MetadataHeader header, String why) {
        return new Distribution(file, key, header.name(), header.version(), List.of(), Optional.of(why));
    }
}
