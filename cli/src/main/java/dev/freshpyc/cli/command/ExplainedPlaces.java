package dev.freshpyc.cli.command;

import dev.freshpyc.cli.option.IndexArguments;
import dev.freshpyc.cli.option.RootArgument;
import dev.freshpyc.cli.option.ScanTarget;
import dev.freshpyc.cli.option.SharedOptions;
import dev.freshpyc.cli.render.Mending;
import dev.freshpyc.core.path.RawPath;
import dev.freshpyc.core.store.StoreEvents;
import dev.freshpyc.indexer.audit.ExplainTarget;
import dev.freshpyc.indexer.audit.Explainer;
import dev.freshpyc.indexer.environment.PythonEnvironment;
import dev.freshpyc.indexer.fs.CanonicalPath;
import dev.freshpyc.indexer.host.HostFiles;
import dev.freshpyc.indexer.index.NearestIndex;
import dev.freshpyc.indexer.index.NearestIndex.RecordPlace;
import dev.freshpyc.indexer.scan.GivenPath;
import dev.freshpyc.indexer.scan.PathEntry;
import dev.freshpyc.indexer.scan.ScanOptions;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import picocli.CommandLine.ParseResult;

/**
 * The places of the files that {@code explain} explains: the entry whose audit shows them, and the directory that a
 * repair takes.
 */
final class ExplainedPlaces {

    private final ParseResult parsed;
    private final ScanOptions scan;
    private final Optional<RawPath> root;
    private final Optional<PythonEnvironment> environment;
    private final List<RawPath> path;

    ExplainedPlaces(
            ParseResult parsed, ScanOptions scan, Optional<RawPath> root, Optional<PythonEnvironment> environment) {
        this.parsed = parsed;
        this.scan = scan;
        this.root = root;
        this.environment = environment;
        this.path = environment.map(PythonEnvironment::path).orElse(List.of());
    }

    /** The path in this system of a file that the user named; links of the name itself are not followed. */
    RawPath inRoot(RawPath name) {
        Optional<PathEntry.Archive> member = root.flatMap(_ -> PathEntry.Archive.ofMember(name));
        if (member.isPresent()) {
            RawPath zip = RootArgument.resolve(root, member.get().file());
            return new PathEntry.Archive(zip, 0, zip, RawPath.EMPTY)
                    .member(member.get().inner());
        }
        return root.isEmpty() ? name : RootArgument.resolve(root, name.parent()).resolve(name.name());
    }

    /**
     * The entry whose audit shows a file: the nearest one that has an index, else the interpreter's, else the directory that
     * imports of the file begin at.
     */
    PathEntry entry(ExplainTarget target) {
        if (target instanceof ExplainTarget.FileTarget named) {
            Optional<PathEntry.Archive> member = ExplainTarget.member(named.file());
            if (member.isPresent()) {
                return archive(member.get());
            }
        }
        RawPath directory = CanonicalPath.of(target.directory());
        RawPath entry = indexed(target)
                .or(() -> path.stream()
                        .filter(one -> contains(CanonicalPath.of(one), directory))
                        .max(Comparator.comparingInt(RawPath::length)))
                .orElseGet(() -> Explainer.importRoot(HostFiles.readers(root), directory, root));
        return new PathEntry.Directory(entry, 0);
    }

    /**
     * The archive: the entry of the interpreter's path that names it or a directory in it above the member; otherwise
     * the whole archive.
     */
    private PathEntry archive(PathEntry.Archive member) {
        RawPath file = member.file();
        return GivenPath.ofPath(path).stream()
                .flatMap(entry -> entry instanceof PathEntry.Archive one ? Stream.of(one) : Stream.empty())
                .filter(one -> CanonicalPath.of(one.file()).equals(CanonicalPath.of(file)))
                .filter(one -> member.inner().relativeTo(one.inner()).isPresent())
                .findFirst()
                .orElse(new PathEntry.Archive(file, 0, file, RawPath.EMPTY));
    }

    /** The scan options for an entry: the interpreter's path has an order, any other entry is a path of its own. */
    ScanOptions scan(PathEntry entry) {
        List<PathEntry> ofPath = GivenPath.ofPath(path);
        RawPath canonical = entry.canonicalPath();
        boolean onPath = ofPath.stream().anyMatch(one -> one.canonicalPath().equals(canonical));
        List<PathEntry> entries = onPath ? ofPath : List.of(entry);
        ScanTarget judged = new ScanTarget(environment, false, entries, !onPath);
        return scan.withOrder(judged.order(root, HostFiles.readers()));
    }

    /**
     * The commands that mend the files: a repair of the archive, or of the indexed entry, whose proofs it needs, or else of the
     * directory.
     *
     * @param entry of the target
     */
    Mending mending(ExplainTarget target, PathEntry entry) {
        RawPath repaired = entry instanceof PathEntry.Archive archive
                ? archive.path()
                : indexed(target).orElse(target.directory());
        Optional<RawPath> inside = root.flatMap(CanonicalPath.of(repaired)::seenFrom);
        return new Mending(SharedOptions.of(parsed), Verification.isAsked(parsed), inside.orElse(repaired));
    }

    private Optional<RawPath> indexed(ExplainTarget target) {
        if (parsed.hasMatchedOption("--no-index")) {
            return Optional.empty();
        }
        RawPath file = CanonicalPath.of(target.directory()).resolve("any.py"); // only the place of the file counts
        return IndexArguments.readable(parsed, StoreEvents.NONE)
                .flatMap(store -> StoreReads.ask(
                        () -> new NearestIndex(store, scan.pycachePrefix(), CanonicalPath::of).find(file)))
                .map(RecordPlace::entry)
                .flatMap(scan::indexed);
    }

    private static boolean contains(RawPath entry, RawPath directory) {
        return directory.equals(entry) || directory.relativeTo(entry).isPresent();
    }
}
