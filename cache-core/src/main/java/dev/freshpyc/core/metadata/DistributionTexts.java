package dev.freshpyc.core.metadata;

import java.util.List;
import java.util.Optional;

/**
 * The files of one distribution that entry points come from, as text.
 *
 * @param file the name of the metadata directory or file in its path entry
 * @param namesItself whether Python takes the distribution's name from {@code file}; it does not for a directory in a zip file
 * @param metadata METADATA, else PKG-INFO, else the metadata file itself
 * @param entryPoints entry_points.txt
 */
public record DistributionTexts(String file, boolean namesItself, Text metadata, Text entryPoints) {

    /** A text that was looked for. */
    public sealed interface Text {

        /** The whole text. */
        record Present(String text) implements Text {}

        /** No such file: no error. */
        record Absent() implements Text {}

        /**
         * A file for which Python raises an exception.
         *
         * @param why in one line, with the name of the file
         */
        record Broken(String why) implements Text {}

        /**
         * A file that Python would read and freshpyc does not, because of a limit or a link.
         *
         * @param why in one line, with the name of the file
         */
        record Refused(String why) implements Text {}
    }

    /** The distribution that Python finds under the rules. */
    Distribution toDistribution(MetadataRules rules) {
        MetadataHeader header = MetadataHeader.parse(metadata instanceof Text.Present(String text) ? text : "", rules);
        Optional<String> refusal = refusal(metadata).or(() -> refusal(entryPoints));
        Optional<String> fromFile = namesItself ? new DistributionFile(file).key() : Optional.empty();
        Optional<String> key = fromFile.or(() -> header.name().map(DistributionFile::normalize));
        if (refusal.isPresent()) {
            return Distribution.broken(file, key, header, Distribution.NOT_READ + refusal.get());
        }
        if (key.isEmpty() && !rules.isConfig()) {
            String why = metadata instanceof Text.Broken(String reason) ? reason : "its metadata has no Name";
            return Distribution.broken(file, key, header, why);
        }
        return switch (entryPoints) {
            case Text.Broken(String why) -> Distribution.broken(file, key, header, why);
            case Text.Absent _, Text.Refused _ -> Distribution.of(file, key, header, List.of());
            case Text.Present(String text) -> parsed(text, key, header, rules);
        };
    }

    private static Optional<String> refusal(Text text) {
        return text instanceof Text.Refused(String why) ? Optional.of(why) : Optional.empty();
    }

    private Distribution parsed(String text, Optional<String> key, MetadataHeader header, MetadataRules rules) {
        try {
            return Distribution.of(file, key, header, rules.parse(text));
        } catch (BrokenMetadataException broken) {
            return Distribution.broken(file, key, header, "entry_points.txt: " + broken.reason());
        }
    }
}
