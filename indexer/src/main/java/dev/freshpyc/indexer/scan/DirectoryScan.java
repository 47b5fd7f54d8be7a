package dev.freshpyc.indexer.scan;

import dev.freshpyc.core.digest.Sha256;
import dev.freshpyc.core.file.Errno;
import dev.freshpyc.core.observe.Observation.Placement;
import dev.freshpyc.core.path.RawPath;
import dev.freshpyc.core.pyc.KnownInterpreter;
import dev.freshpyc.core.pyc.Magic;
import dev.freshpyc.core.pyc.MagicTable;
import dev.freshpyc.core.pyc.OptimizationLevel;
import dev.freshpyc.core.pyc.PycName;
import dev.freshpyc.core.pyc.PycPath;
import dev.freshpyc.core.pyc.PythonVersion;
import dev.freshpyc.indexer.fs.FileStat;
import dev.freshpyc.indexer.fs.Listing;
import dev.freshpyc.indexer.fs.Listing.EntryType;
import dev.freshpyc.indexer.fs.OpenDirectory;
import dev.freshpyc.indexer.fs.OpenDirectory.Opening;
import dev.freshpyc.indexer.fs.TreeReader;
import dev.freshpyc.indexer.scan.PycGroups.GroupPlace;
import dev.freshpyc.indexer.scan.PycGroups.Home;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Scans one directory at a time for one worker: lists the directory and its {@code __pycache__}, assigns each pyc to its source
 * and shows every pair. An instance is reused for all directories; its arrays are the only memory that a walk needs.
 */
final class DirectoryScan {

    private static final RawPath CACHE = RawPath.of(PycPath.CACHE_DIRECTORY);

    private final TreeReader files;
    private final ScanOptions options;
    private final ScanVisitor visitor;
    private final @Nullable Predicate<RawPath> wanted;
    private final PycName.Reader names;
    private final Listing listing;
    private final Listing cacheListing;
    private final Listing prefixListing;
    private final SourceTable sources = new SourceTable();
    private final FinderOrder order;
    private final PycGroups groups;
    private final byte[] magic = new byte[Magic.LENGTH];
    private final FileStat stat = new FileStat();
    private final PairObserver observer;
    private final StampTrust trust;

    /** Null until a visitor asks for a fingerprint: a JVM loads its digest functions slowly. */
    private @Nullable DirectoryFingerprint fingerprint;

    private boolean cacheIsLink;

    /** @param wanted the names of the sources to show; null for all */
    DirectoryScan(TreeReader files, ScanOptions options, ScanVisitor visitor, @Nullable Predicate<RawPath> wanted) {
        this.files = files;
        this.options = options;
        this.visitor = visitor;
        this.wanted = wanted;
        this.names = new PycName.Reader(options::tag);
        this.listing = files.newListing();
        this.cacheListing = files.newListing();
        this.prefixListing = files.newListing();
        this.order = new FinderOrder(files, sources);
        this.groups = new PycGroups(order);
        this.trust = new StampTrust(files);
        this.observer = new PairObserver(files, options, trust);
    }

    /** Shows the pairs of a directory and returns its subdirectories; {@code directory} is null for a directory that is gone. */
    List<DirectoryNode> scan(DirectoryNode node, @Nullable OpenDirectory directory) {
        listing.clear();
        int code = directory == null ? 0 : files.list(directory, listing);
        if (code < 0) {
            visitor.refused(node.entry(), node.relative(), new Errno(-code));
            return List.of();
        }
        sources.fill(listing);
        order.enter(node, directory, listing);
        groups.clear(listing.count());
        List<DirectoryNode> children = new ArrayList<>();
        @Nullable OpenDirectory cache = null;
        @Nullable OpenDirectory prefixed = null;
        cacheIsLink = false;
        try {
            if (directory != null) {
                cache = sortNames(node, directory, children);
            }
            if (options.pycachePrefix().isPresent()) {
                prefixed = prefixed(node, children);
            }
            showPairs(node, directory, cacheIsLink ? cache : null);
        } finally {
            close(cache);
            close(prefixed);
        }
        visitor.finished(node.entry(), node.relative());
        children.sort((one, other) -> one.name().compareTo(other.name()));
        return children;
    }

    /** Adds legacy files to their sources and directories to {@code children}; opens the {@code __pycache__}. */
    private @Nullable OpenDirectory sortNames(
            DirectoryNode node, OpenDirectory directory, List<DirectoryNode> children) {
        LegacyPlaces legacy = LegacyPlaces.of(directory, listing);
        boolean cacheAlone = node.entry() instanceof PathEntry.CacheDirectory;
        @Nullable OpenDirectory cache = null;
        for (int index = 0; index < listing.count(); index++) {
            switch (listing.type(index)) {
                case SOURCE, EXTENSION, OTHER -> {}
                case PYC -> {
                    if (!cacheAlone) {
                        addLegacy(node, legacy, index);
                    }
                }
                case DIRECTORY, LINK -> {
                    if (!cacheAlone && listing.isDirectoryNamedAsPyc(index)) {
                        addLegacy(node, legacy, index);
                    }
                    RawPath name = listing.name(index);
                    boolean link = listing.type(index) == EntryType.LINK;
                    if (name.equals(CACHE)) {
                        cache = openCache(node, directory, link);
                        cacheIsLink = link;
                    } else if (!cacheAlone && !excluded(node, name)) {
                        children.add(
                                child(node, index, link ? DirectoryNode.NodeKind.LINKED : DirectoryNode.NodeKind.REAL));
                    }
                }
            }
        }
        return cache;
    }

    private DirectoryNode child(DirectoryNode node, int index, DirectoryNode.NodeKind kind) {
        DirectoryNode child = node.child(listing.name(index), kind);
        child.take(order.takenBelow(listing.bytes(), listing.start(index), listing.end(index)));
        return child;
    }

    /** The places of legacy files in one directory. */
    private record LegacyPlaces(GroupPlace plain, GroupPlace optimized, GroupPlace dotted) {

        static LegacyPlaces of(OpenDirectory directory, Listing names) {
            GroupPlace plain = new GroupPlace(directory, names, Home.BESIDE_SOURCES, Placement.LEGACY);
            return new LegacyPlaces(plain, plain.at(Placement.LEGACY_OPTIMIZED), plain.at(Placement.UNREQUESTED));
        }
    }

    /**
     * Adds a legacy file. No import asks for a file that has a dot in its stem and no source. A directory with the name of a legacy
     * file is added only where an import asks for that name.
     */
    private void addLegacy(DirectoryNode node, LegacyPlaces places, int index) {
        boolean hasLevel = listing.bytes()[listing.end(index) - 1] == 'o';
        int end = listing.end(index) - PycPath.PYC_SUFFIX.length();
        int source = sources.find(listing.bytes(), listing.start(index), end);
        if (!options.exclusions().isEmpty() && excluded(node, listing.name(index))) {
            groups.leaveOut(source);
        } else if (isWanted(listing, index, true)) {
            boolean unrequested = source == PycGroups.NONE && hasDot(index, end);
            GroupPlace place = hasLevel ? places.optimized() : places.plain();
            GroupPlace sorted = unrequested ? places.dotted() : legacyPlace(place, index, end);
            if (sorted.isLegacy() || listing.type(index) == EntryType.PYC) {
                groups.add(source, sorted, index, null, hasLevel ? OptimizationLevel.O1 : OptimizationLevel.NONE);
            }
        }
    }

    /** Whether the stem has a dot. No import names such a stem: {@code import a.b} looks for {@code b} in the package {@code a}. */
    private boolean hasDot(int index, int stemEnd) {
        int at = listing.start(index);
        while (at < stemEnd && listing.bytes()[at] != '.') {
            at++;
        }
        return at < stemEnd;
    }

    /** The place of a legacy file. Where no version was asked about, the file's magic tells which version reads the file. */
    private GroupPlace legacyPlace(GroupPlace place, int index, int stemEnd) {
        int start = listing.start(index);
        if (!order.mayHide(listing.bytes(), start, stemEnd)) {
            return place;
        }
        Optional<KnownInterpreter> asked = options.interpreter();
        Optional<PythonVersion> reader =
                asked.map(KnownInterpreter::version).or(() -> MagicTable.owner(magicOf(place, index)));
        @Nullable String tag = asked.flatMap(KnownInterpreter::tag).orElse(null);
        boolean optimized = place.placement() == Placement.LEGACY_OPTIMIZED;
        @Nullable Hider hider = order.find(listing.bytes(), start, stemEnd, new Importer(reader, tag, optimized));
        return hider == null ? place : place.hidden(hider);
    }

    private Magic magicOf(GroupPlace place, int index) {
        boolean read =
                files.readEnds(place.directory(), listing, index, magic, PycDecoder.NO_TAIL, stat) == magic.length;
        return new Magic(
                read ? ByteBuffer.wrap(magic).order(ByteOrder.LITTLE_ENDIAN).getInt() : 0);
    }

    private @Nullable OpenDirectory openCache(DirectoryNode node, OpenDirectory directory, boolean link) {
        if (excluded(node, CACHE)) {
            groups.leaveOutAll(listing.count());
            return null;
        }
        Opening opening = files.open(directory, CACHE, link);
        return addCached(
                node, opening, cacheListing, Home.CACHE, () -> node.relative().resolve(CACHE));
    }

    private @Nullable OpenDirectory prefixed(DirectoryNode node, List<DirectoryNode> children) {
        RawPath path = options.pycachePrefix().orElseThrow().mirrored(node.absolute());
        @Nullable
        OpenDirectory prefixed = addCached(node, files.openRoot(path), prefixListing, Home.PREFIX, () -> path);
        if (prefixed != null && !(node.entry() instanceof PathEntry.CacheDirectory)) {
            for (int index = 0; index < prefixListing.count(); index++) {
                RawPath name = prefixListing.name(index);
                if (prefixListing.type(index) == EntryType.DIRECTORY
                        && children.stream().noneMatch(child -> child.name().equals(name))
                        && !excluded(node, name)) {
                    children.add(node.child(name, DirectoryNode.NodeKind.GONE));
                }
            }
        }
        return prefixed;
    }

    private @Nullable OpenDirectory addCached(
            DirectoryNode node, Opening opening, Listing cached, Home home, Supplier<RawPath> path) {
        return switch (opening) {
            case Opening.Refused(Errno errno) -> {
                if (!errno.isAbsence()) {
                    groups.leaveOutAll(listing.count());
                    visitor.refused(node.entry(), path.get(), errno);
                }
                yield null;
            }
            case Opening.Open(OpenDirectory directory) -> {
                int code = files.list(directory, cached);
                if (code < 0) {
                    groups.leaveOutAll(listing.count());
                    visitor.refused(node.entry(), path.get(), new Errno(-code));
                }
                addCached(node, new GroupPlace(directory, cached, home, Placement.CACHE));
                yield directory;
            }
        };
    }

    private void addCached(DirectoryNode node, GroupPlace place) {
        Listing cached = place.names();
        GroupPlace untagged = place.at(Placement.UNTAGGED);
        GroupPlace ofTool = place.at(Placement.OF_TOOL);
        GroupPlace unrequested = place.at(Placement.UNREQUESTED);
        GroupPlace bypassed = place.at(Placement.BYPASSED);
        for (int index = 0; index < cached.count(); index++) {
            boolean directory = cached.isDirectoryNamedAsPyc(index);
            if ((cached.type(index) != EntryType.PYC && !directory) || !isWanted(cached, index, false)) {
                continue;
            }
            int start = cached.start(index);
            boolean named = names.parse(cached.bytes(), start, cached.end(index));
            if (excludedCached(node, cached, index)) {
                groups.leaveOut(named ? sources.find(cached.bytes(), start, names.stemEnd()) : PycGroups.NONE);
            } else if (named) {
                int source = sources.find(cached.bytes(), start, names.stemEnd());
                GroupPlace own = options.looksElsewhere(names.tag(), place.home() == Home.PREFIX) ? bypassed : place;
                GroupPlace sorted =
                        names.isOfTool() ? ofTool : names.isRequested() ? cachedPlace(own, source, start) : unrequested;
                if (!directory || sorted.placement() == Placement.CACHE) {
                    groups.add(source, sorted, index, names.tag(), names.level());
                }
            } else if (!directory) {
                groups.add(PycGroups.NONE, untagged, index, null, OptimizationLevel.NONE);
            }
        }
    }

    /** The place of the cached file whose name was parsed last. */
    private GroupPlace cachedPlace(GroupPlace place, int source, int start) {
        boolean mayBeHidden = source != PycGroups.NONE
                && place.placement() == Placement.CACHE
                && order.mayHide(place.names().bytes(), start, names.stemEnd());
        if (!mayBeHidden) {
            return place;
        }
        boolean optimized = !names.level().equals(OptimizationLevel.NONE);
        Importer importer = new Importer(names.tag().version(), names.tag().name(), optimized);
        @Nullable Hider hider = order.find(place.names().bytes(), start, names.stemEnd(), importer);
        return hider == null ? place : place.hidden(hider);
    }

    private void showPairs(DirectoryNode node, @Nullable OpenDirectory directory, @Nullable OpenDirectory linkedCache) {
        if (groups.count() > 0
                && visitor.recognizes(node.entry(), node.relative(), () -> fingerprint(node, directory))) {
            return;
        }
        observer.enter(new ObservedDirectory(files, options, node, directory, linkedCache, listing, groups));
        for (int source = 0; source < listing.count(); source++) {
            if (isShown(node, source)) {
                observer.showSource(source, visitor);
            }
        }
        observer.showOrphans(visitor);
    }

    /** The fingerprint of the directory; empty where a verdict depends on files that are not digested. */
    private Optional<Sha256> fingerprint(DirectoryNode node, @Nullable OpenDirectory directory) {
        if (groups.dependsOnOthers()) {
            return Optional.empty();
        }
        DirectoryFingerprint digest = digest();
        for (int source = 0; source < listing.count(); source++) {
            if (directory != null && groups.first(source) != PycGroups.NONE && isShown(node, source)) {
                digest.add('s', directory, listing, source);
                addPycs(digest, groups.first(source));
            }
        }
        addPycs(digest, groups.firstOrphan());
        return digest.take();
    }

    private DirectoryFingerprint digest() {
        @Nullable DirectoryFingerprint known = fingerprint;
        if (known == null) {
            known = new DirectoryFingerprint(files, trust);
            fingerprint = known;
        }
        return known;
    }

    private void addPycs(DirectoryFingerprint digest, int first) {
        for (int pyc = first; pyc != PycGroups.NONE; pyc = groups.next(pyc)) {
            GroupPlace place = groups.place(pyc);
            char role = switch (place.home()) {
                case BESIDE_SOURCES -> 'l';
                case CACHE -> 'c';
                case PREFIX -> 'p';
            };
            digest.add(role, place.directory(), place.names(), groups.nameIndex(pyc));
        }
    }

    private boolean isShown(DirectoryNode node, int source) {
        return listing.type(source) == EntryType.SOURCE
                && (options.exclusions().isEmpty() || !excluded(node, listing.name(source)));
    }

    private boolean isWanted(Listing pycs, int index, boolean legacy) {
        return wanted == null
                || PycPath.sourceName(pycs.name(index), legacy).filter(wanted).isPresent();
    }

    private boolean excludedCached(DirectoryNode node, Listing cached, int index) {
        return !options.exclusions().isEmpty()
                && options.exclusions().covers(node.relative().resolve(CACHE).resolve(cached.name(index)));
    }

    private boolean excluded(DirectoryNode node, RawPath name) {
        return !options.exclusions().isEmpty()
                && options.exclusions().covers(node.relative().resolve(name));
    }

    private void close(@Nullable OpenDirectory directory) {
        if (directory != null) {
            files.close(directory);
        }
    }
}
