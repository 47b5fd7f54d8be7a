package dev.freshpyc.core.metadata;

import dev.freshpyc.core.path.RawPath;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What {@code importlib.metadata.entry_points()} answers.
 *
 * @param found in Python's order
 * @param faults the distributions for which Python raises an exception instead of any answer, and those that freshpyc refuses
 *     to read
 */
public record EntryPointAnswer(List<FoundEntryPoint> found, List<Fault> faults) {

    /** Python compares text by code points. */
    private static final Comparator<String> CODE_POINTS = (one, other) ->
            Arrays.compare(one.codePoints().toArray(), other.codePoints().toArray());

    /**
     * An entry point with its distribution.
     *
     * @param entry the path entry of the distribution
     */
    public record FoundEntryPoint(RawPath entry, EntryPoint entryPoint, Distribution distribution) {}

    /**
     * A distribution that Python cannot answer for.
     *
     * @param entry its path entry
     * @param file the name of its metadata directory or file; empty for the whole path entry
     * @param why in one line
     */
    public record Fault(RawPath entry, String file, String why) {

        /** Whether freshpyc refuses to read what Python would read. */
        public boolean isRefusal() {
            return why.startsWith(Distribution.NOT_READ);
        }
    }

    /** One path entry. */
    public record EntryMetadata(RawPath path, PathEntryMetadata metadata) {}

    public EntryPointAnswer {
        found = List.copyOf(found);
        faults = List.copyOf(faults);
    }

    /** The answer for a path. */
    public static EntryPointAnswer of(List<EntryMetadata> path, MetadataRules rules) {
        List<FoundEntryPoint> found = new ArrayList<>();
        List<Fault> faults = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        for (EntryMetadata entry : path) {
            for (Distribution one : entry.metadata().distributions(rules)) {
                if (!rules.isConfig()
                        && one.key().isPresent()
                        && !seen.add(one.key().get())) {
                    continue;
                }
                fault(one, rules)
                        .ifPresentOrElse(
                                why -> faults.add(new Fault(entry.path(), one.file(), why)),
                                () -> one.entryPoints()
                                        .forEach(point -> found.add(new FoundEntryPoint(entry.path(), point, one))));
            }
        }
        if (rules.isSorted()) {
            found.sort(Comparator.comparing(one -> one.entryPoint().group(), CODE_POINTS));
        }
        return new EntryPointAnswer(found, faults);
    }

    /**
     * The answers of several interpreters together, in their order. A distribution that an earlier interpreter has found in the
     * same path entry, with the same content, is left out of the later answers.
     */
    public static EntryPointAnswer ofSeveral(List<EntryPointAnswer> answers) {
        if (answers.size() == 1) {
            return answers.getFirst();
        }
        List<FoundEntryPoint> found = new ArrayList<>();
        Set<Fault> faults = new LinkedHashSet<>();
        Set<Owner> earlier = new HashSet<>();
        for (EntryPointAnswer answer : answers) {
            answer.found.stream()
                    .filter(one -> !earlier.contains(Owner.of(one)))
                    .forEach(found::add);
            answer.found.forEach(one -> earlier.add(Owner.of(one)));
            faults.addAll(answer.faults);
        }
        return new EntryPointAnswer(found, List.copyOf(faults));
    }

    private record Owner(RawPath entry, Distribution distribution) {
        static Owner of(FoundEntryPoint found) {
            return new Owner(found.entry, found.distribution);
        }
    }

    /** The entry points of a group, of a name, or both. */
    public EntryPointAnswer select(Optional<String> group, Optional<String> name) {
        List<FoundEntryPoint> selected = found.stream()
                .filter(one ->
                        group.isEmpty() || group.get().equals(one.entryPoint().group()))
                .filter(one ->
                        name.isEmpty() || name.get().equals(one.entryPoint().name()))
                .toList();
        return new EntryPointAnswer(selected, faults);
    }

    private static Optional<String> fault(Distribution one, MetadataRules rules) {
        return one.fault()
                .or(() -> rules.isChecked() && !one.entryPoints().stream().allMatch(EntryPoint::isReference)
                        ? Optional.of("entry_points.txt: a value that is no object reference")
                        : Optional.empty());
    }
}
