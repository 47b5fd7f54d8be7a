package dev.freshpyc.cli.render;

import dev.freshpyc.core.path.RawPath;
import dev.freshpyc.core.text.ShellWord;
import dev.freshpyc.core.verdict.Verdict.Kind;
import dev.freshpyc.indexer.audit.EntryReport;
import dev.freshpyc.indexer.audit.Explainer.Story;
import dev.freshpyc.indexer.audit.Finding;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The command that mends the findings in an image: a repair that writes the image with one more layer.
 *
 * @param options the options that the command shares with the repair, each name followed by its value
 * @param verified whether the audit compared all code with the source's: only a repair that does so too reports what it found
 * @param image the file or directory that was read; empty for standard input, which cannot be read a second time
 * @param output the image that the command writes, under an unused name
 */
public record ImageMending(List<String> options, boolean verified, Optional<RawPath> image, RawPath output)
        implements AuditMending, StoryMending {

    /** The verdicts that a new header can mend: the code is right, or is compared with compiled code first. */
    private static final Set<Kind> BY_HEADER = EnumSet.of(Kind.NEEDLESS, Kind.STALE, Kind.IMPOSTOR);

    /** The verdicts on files that may need other code, or must be removed. */
    private static final Set<Kind> BY_THE_BUILD = EnumSet.of(
            Kind.STALE, Kind.IMPOSTOR, Kind.FATAL, Kind.FOREIGN, Kind.MALFORMED, Kind.MISSING, Kind.ORPHANED);

    @Override
    public List<String> commands(List<EntryReport> entries) {
        List<RawPath> repaired = entries.stream()
                .filter(entry -> hasAny(entry, BY_HEADER))
                .map(entry -> entry.entry().path())
                .toList();
        return repaired.isEmpty() ? List.of() : List.of(repair(repaired));
    }

    /**
     * The repair. If a new header mends nothing: a command that explains a finding, provided that the image can be read
     * again.
     */
    @Override
    public Optional<String> next(List<EntryReport> entries) {
        return commands(entries).stream()
                .findFirst()
                .or(() -> entries.stream()
                        .filter(_ -> image.isPresent())
                        .flatMap(entry -> entry.costliest().stream())
                        .flatMap(directory -> directory.examples().stream())
                        .findFirst()
                        .map(finding -> "freshpyc explain --image " + file() + (verified ? " --verify " : " ")
                                + ShellWord.ofPath(finding.wholePath())));
    }

    @Override
    public String explain() {
        return "freshpyc explain --image IMAGE" + (verified ? " --verify" : "");
    }

    @Override
    public Optional<String> command(Finding finding) {
        return BY_HEADER.contains(finding.verdict().kind()) && finding.source() != null
                ? Optional.of(repair(List.of(finding.entry().path())))
                : Optional.empty();
    }

    @Override
    public Set<String> of(List<Story> stories, Optional<RawPath> source) {
        return stories.stream()
                .flatMap(story -> command(story.finding()).stream())
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    /** The step before a repair of an image that came from standard input; empty for any other image. */
    public Optional<String> saving() {
        return image.isPresent()
                ? Optional.empty()
                : Optional.of(
                        "The image came from standard input, and a repair reads an image twice: save the image as "
                                + file() + " first.");
    }

    @Override
    public Optional<String> note(List<EntryReport> entries) {
        List<String> sentences = new ArrayList<>();
        if (!commands(entries).isEmpty()) {
            saving().ifPresent(sentences::add);
        }
        if (entries.stream().anyMatch(entry -> hasAny(entry, BY_THE_BUILD))) {
            sentences.add(
                    "A repair of an image writes headers alone. Files that need other code, or have no source, are mended in the"
                            + " build of the image: 'freshpyc docs howto-containers' tells how.");
        }
        return sentences.isEmpty() ? Optional.empty() : Optional.of(String.join(" ", sentences));
    }

    private static boolean hasAny(EntryReport entry, Set<Kind> kinds) {
        return kinds.stream().anyMatch(kind -> entry.counts().of(kind) > 0);
    }

    private String repair(List<RawPath> paths) {
        String words = options.stream()
                .map(word -> " " + ShellWord.of(RawPath.of(word)))
                .collect(Collectors.joining());
        String targets = paths.stream()
                .map(path -> " " + ShellWord.ofPath(path))
                .distinct()
                .collect(Collectors.joining());
        return "freshpyc repair --image " + file() + " --output " + ShellWord.ofPath(output) + words
                + (verified ? TreeMending.VERIFYING : "") + targets;
    }

    private String file() {
        return image.map(ShellWord::ofPath).orElse("image.tar");
    }
}
