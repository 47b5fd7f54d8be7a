package dev.freshpyc.cli.render;

import dev.freshpyc.core.file.FileStamp;
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
import java.util.OptionalLong;
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

    /** The mtimes that a repair may give to all sources: that of ostree, and one that the times of DOS can hold. */
    private static final List<Long> TIMES = List.of(0L, 315_619_200L);

    String word() {
        return transport.word();
    }

    String heading() {
        return "after " + word()
                + ": what interpreters will do once this tree has been packed and unpacked. Nothing was packed.";
    }

    /** The command after which the tree survives the transport; empty where there is nothing to repair. */
    Optional<String> command(List<EntryReport> entries) {
        return paths(entries)
                .map(paths -> "To make the tree survive " + word() + ": freshpyc repair " + target() + paths);
    }

    /**
     * The command after which the tree survives by its times, for interpreters without hashes; empty where no time survives.
     *
     * @param all whether every pyc needs it, so that no other command is named
     */
    Optional<String> timeCommand(List<EntryReport> entries, boolean all) {
        if (lastingTime().isEmpty()) {
            return Optional.empty();
        }
        long time = lastingTime().getAsLong();
        String to = time == 0
                ? "--to zero-mtime --zero-source-mtime"
                : "--to timestamp --clamp-mtime=" + time + " --set-source-mtime";
        String purpose =
                all ? "To make the tree survive " + word() : "To save all pycs by one mtime of all sources instead";
        return paths(entries).map(paths -> purpose + ": freshpyc repair " + to + paths);
    }

    /** An mtime that files keep in the transport, if they have content. */
    OptionalLong lastingTime() {
        return TIMES.stream()
                .filter(time -> transport.keepsMtime(stamp(time, 1)))
                .mapToLong(time -> time)
                .findFirst();
    }

    /** Whether an empty file gets a new mtime where a file with content keeps its own. */
    boolean makesEmptyFilesAnew() {
        return lastingTime().isPresent()
                && !transport.keepsMtime(stamp(lastingTime().getAsLong(), 0));
    }

    private static FileStamp stamp(long mtime, long size) {
        return new FileStamp(mtime, 0, mtime, 0, size, 0, 0);
    }

    /** The options and the paths of the repair; empty where there is nothing to repair. */
    private Optional<String> paths(List<EntryReport> entries) {
        String paths = entries.stream()
                .filter(entry -> repairable(entry) > 0)
                .map(entry -> " " + ShellWord.ofPath(inRoot(entry.entry().path())))
                .collect(Collectors.joining());
        String words = options.stream()
                .map(word -> " " + ShellWord.of(RawPath.of(word)))
                .collect(Collectors.joining());
        return paths.isEmpty()
                ? Optional.empty()
                : Optional.of(words + (verified ? TreeMending.VERIFYING : "") + paths);
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

    /** How many pycs a repair would change. */
    static long repairable(List<EntryReport> entries) {
        return entries.stream().mapToLong(Survival::repairable).sum();
    }

    private static long repairable(EntryReport entry) {
        return List.of(Kind.NEEDLESS, Kind.STALE, Kind.IMPOSTOR, Kind.FATAL, Kind.FOREIGN, Kind.MALFORMED).stream()
                .mapToLong(kind -> entry.counts().of(kind))
                .sum();
    }

    private RawPath inRoot(RawPath path) {
        return root.flatMap(path::seenFrom).orElse(path);
    }
}
