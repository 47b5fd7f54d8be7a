package dev.freshpyc.cli.render;

import dev.freshpyc.core.packaging.Transport;
import dev.freshpyc.core.path.RawPath;
import dev.freshpyc.core.plan.TargetMode;
import dev.freshpyc.core.pyc.CacheTag;
import dev.freshpyc.core.text.ShellWord;
import dev.freshpyc.core.verdict.Verdict.Kind;
import dev.freshpyc.indexer.audit.EntryReport;
import dev.freshpyc.indexer.audit.Finding;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The notes on the transport in a report of predicted verdicts: that the verdicts are predicted, and how the bytecode
 * survives.
 *
 * @param options the options of {@code repair}, each name followed by its value
 * @param verified whether the code was compared with the source's, so that the repair must do so too
 * @param root the root directory that {@code --root} names; paths are given inside it
 */
public record Survival(Transport transport, List<String> options, boolean verified, Optional<RawPath> root) {

    String word() {
        return transport.word();
    }

    String heading() {
        return "after " + word()
                + ": what interpreters will do once this tree has been packed and unpacked. Nothing was packed.";
    }

    /** The command after which the tree survives the transport; empty where there is nothing to repair. */
    Optional<String> command(List<EntryReport> entries) {
        String paths = entries.stream()
                .filter(Survival::isRepairable)
                .map(entry -> " " + ShellWord.ofPath(inRoot(entry.entry().path())))
                .collect(Collectors.joining());
        String words = options.stream()
                .map(word -> " " + ShellWord.of(RawPath.of(word)))
                .collect(Collectors.joining());
        return paths.isEmpty()
                ? Optional.empty()
                : Optional.of("To make the tree survive " + word() + ": freshpyc repair " + target() + words
                        + (verified ? TreeMending.VERIFYING : "") + paths);
    }

    /** Whether the command cannot save a pyc, since it writes a hash that the interpreter of the pyc does not know. */
    boolean isLost(Finding finding) {
        Kind kind = finding.verdict().kind();
        return mode() != TargetMode.TIMESTAMP
                && (kind == Kind.NEEDLESS || kind == Kind.STALE)
                && finding.members() == null // the names of members have no tag
                && !hasHashes(finding.tag());
    }

    private static boolean hasHashes(@Nullable CacheTag tag) {
        return tag != null && tag.format().hash() != null;
    }

    private String target() {
        String to = "--to " + mode().label();
        return mode() == TargetMode.TIMESTAMP ? to + " --clamp-mtime=" + transport.epoch() : to;
    }

    /**
     * The headers that survive. Sources in an image do not change any more, so interpreters need not compare them with a hash. Sources
     * that are unpacked elsewhere may be edited there. Clamped times are known before the packing.
     */
    private TargetMode mode() {
        return switch (transport.packaging()) {
            case ZIP, TAR, TAR_USTAR, TOUCH, GIT -> TargetMode.CHECKED_HASH;
            case DOCKER_LAYER, PODMAN_LAYER, OSTREE, SQUASHFS, EROFS -> TargetMode.UNCHECKED_HASH;
            case CLAMP -> TargetMode.TIMESTAMP;
        };
    }

    private static boolean isRepairable(EntryReport entry) {
        return List.of(Kind.NEEDLESS, Kind.STALE, Kind.IMPOSTOR, Kind.FATAL, Kind.FOREIGN, Kind.MALFORMED).stream()
                .anyMatch(kind -> entry.counts().of(kind) > 0);
    }

    private RawPath inRoot(RawPath path) {
        return root.flatMap(path::seenFrom).orElse(path);
    }
}
