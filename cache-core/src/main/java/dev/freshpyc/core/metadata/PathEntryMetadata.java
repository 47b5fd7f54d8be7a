package dev.freshpyc.core.metadata;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The distributions of one path entry, in the order in which Python finds them. Two lists, because Python 3.8 and 3.9 read
 * the files in another way, and let no distribution hide another.
 *
 * @param config for {@link MetadataRules#CONFIG}
 * @param sectioned for all other rules, without those that an earlier one in the same entry hides
 */
public record PathEntryMetadata(List<Distribution> config, List<Distribution> sectioned) {

    /** An entry without distributions. */
    public static final PathEntryMetadata EMPTY = new PathEntryMetadata(List.of(), List.of());

    public PathEntryMetadata {
        config = List.copyOf(config);
        sectioned = List.copyOf(sectioned);
    }

    /**
     * An entry that Python would read and freshpyc does not.
     *
     * @param why in one line
     */
    public static PathEntryMetadata refused(String why) {
        Distribution none = Distribution.broken(
                "", Optional.empty(), MetadataHeader.parse("", MetadataRules.LISTED), Distribution.NOT_READ + why);
        return new PathEntryMetadata(List.of(none), List.of(none));
    }

    /** Whether a file of that name is metadata, in a path entry with the last name {@code entryName}. */
    public static boolean isMetadata(String file, String entryName) {
        return DistributionFile.isMetadata(file, DistributionFile.isEgg(entryName));
    }

    /** The metadata of an entry, from the texts in the order of the directory. */
    public static PathEntryMetadata of(List<DistributionTexts> found) {
        List<Distribution> config = found.stream()
                .map(texts -> texts.toDistribution(MetadataRules.CONFIG))
                .toList();
        return new PathEntryMetadata(config, firstOfEachName(grouped(found)));
    }

    /** The list for the rules. */
    public List<Distribution> distributions(MetadataRules rules) {
        return rules.isConfig() ? config : sectioned;
    }

    /** Python collects the metadata of a name in a list, and the lists in a dictionary; eggs come last. */
    private static List<Distribution> grouped(List<DistributionTexts> found) {
        Map<String, List<Distribution>> infos = new LinkedHashMap<>();
        List<Distribution> eggs = new ArrayList<>();
        for (DistributionTexts texts : found) {
            DistributionFile file = new DistributionFile(texts.file());
            Distribution one = texts.toDistribution(MetadataRules.LISTED);
            if (file.isInEgg()) {
                eggs.add(one);
            } else {
                infos.computeIfAbsent(file.groupKey(), _ -> new ArrayList<>()).add(one);
            }
        }
        List<Distribution> all = new ArrayList<>();
        infos.values().forEach(all::addAll);
        all.addAll(eggs);
        return all;
    }

    private static List<Distribution> firstOfEachName(List<Distribution> all) {
        Set<String> seen = new HashSet<>();
        return all.stream()
                .filter(one -> one.key().isEmpty() || seen.add(one.key().get()))
                .toList();
    }
}
