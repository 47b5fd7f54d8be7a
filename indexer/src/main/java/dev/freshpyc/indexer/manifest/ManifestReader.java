package dev.freshpyc.indexer.manifest;

import dev.freshpyc.core.manifest.ManifestParser;
import dev.freshpyc.core.manifest.ManifestRows;
import dev.freshpyc.core.manifest.Manifests;
import dev.freshpyc.core.manifest.Md5Sums;
import dev.freshpyc.core.manifest.RowFilter;
import dev.freshpyc.core.manifest.WantedFiles;
import dev.freshpyc.core.manifest.WheelRecord;
import dev.freshpyc.core.path.RawPath;
import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * Reads the manifests of an entry: the RECORD of every {@code *.dist-info} directory in the entry or the nearest above it, dpkg's md5sums and the RPM
 * database. A manifest that cannot be read vouches for nothing and is counted.
 */
public final class ManifestReader {
    private static final RawPath TOP = RawPath.of("/");
    private static final String DIST_INFO = ".dist-info";
    private static final String DPKG = "var/lib/dpkg/info";

    /**
     * Where RPM's database is: on Fedora since 36, SUSE and RHEL since 10; on ostree's systems; on all others. If a system has the
     * first two, one is a link to the other. So the first that exists is the database; the last may be left over from a migration.
     */
    private static final List<String> RPM = List.of("usr/lib/sysimage/rpm", "usr/share/rpm", "var/lib/rpm");

    private final ManifestFiles files;
    private final ManifestFile file;
    private final Manifests manifests;
    private final RawPath root;
    private final RawPath entry;

    private ManifestReader(ManifestFiles files, RawPath root, RawPath entry, WantedFiles wanted) {
        this.files = files;
        this.file = new ManifestFile(files);
        this.manifests = new Manifests(wanted);
        this.root = root;
        this.entry = entry;
    }

    /** The manifests of all files below {@code entry}, which is absolute. */
    public static Manifests of(RawPath entry) {
        return of(TOP, entry, WantedFiles.ALL);
    }

    /**
     * What is recorded of the wanted files below {@code entry}, an absolute path with {@code root} in front, in a system whose root
     * directory is {@code root}.
     */
    public static Manifests of(RawPath root, RawPath entry, WantedFiles wanted) {
        return new ManifestReader(new HostManifestFiles(), root, entry, wanted).read();
    }

    /** What is recorded of the wanted files below {@code entry}, an absolute path without links, in a system with these files. */
    public static Manifests of(ManifestFiles files, RawPath entry, WantedFiles wanted) {
        return new ManifestReader(files, TOP, entry, wanted).read();
    }

    private Manifests read() {
        try {
            readRecords(recordsOf());
            readPackages();
        } catch (InvalidPathException unknown) {
            manifests.countRefused();
        }
        return manifests;
    }

    /**
     * The nearest directory with the RECORDs of wheels: the entry, or a directory above the entry, as the site-packages above a
     * package. Only directories of the entry's owner or of root count, and none that everybody may write to.
     */
    private RawPath recordsOf() {
        RawPath above = entry;
        while (place(above, root).isPresent()) {
            if (!above.equals(entry) && !files.isTrusted(above, entry)) {
                return entry;
            }
            if (files.list(above, DIST_INFO).filter(names -> !names.isEmpty()).isPresent()) {
                return above;
            }
            if (above.equals(root)) {
                return entry;
            }
            above = above.parent();
        }
        return entry;
    }

    private void readRecords(RawPath base) {
        RowFilter filter = manifests.wanted().inRecord(place(entry, base).orElse(RawPath.EMPTY));
        for (RawPath info : list(base, DIST_INFO)) {
            if (files.isDirectory(info)) {
                read(info.resolve(WheelRecord.NAME), manifest -> new WheelRecord(manifest, filter, below(base)));
            } else {
                manifests.countRefused();
            }
        }
    }

    /** Receives rows whose paths begin at {@code base}, the entry or a directory above. */
    private ManifestRows.Rows below(RawPath base) {
        if (base.equals(entry)) {
            return (path, expected) ->
                    Manifests.inside(base, path).ifPresent(relative -> manifests.add(relative, expected));
        }
        return (path, expected) -> Manifests.inside(base, path)
                .flatMap(relative -> base.resolve(relative).relativeTo(entry))
                .ifPresent(relative -> manifests.add(relative, expected));
    }

    /** A package has a file under a path which may be another one's by a link (merged /usr). */
    private void readPackages() {
        Optional<RawPath> realRoot = files.real(root);
        Optional<RawPath> realEntry = files.real(entry);
        if (realRoot.isEmpty() || realEntry.isEmpty()) {
            return; // The entry does not exist.
        }
        RawPath real = realRoot.get();
        Set<RawPath> places = new LinkedHashSet<>();
        place(entry, root).ifPresent(places::add);
        place(realEntry.get(), real).ifPresent(places::add);
        inRoot(DPKG, real).ifPresent(info -> readSums(info, places));
        RPM.stream()
                .flatMap(name -> inRoot(name, real).flatMap(directory -> RpmDatabaseFile.in(directory, files)).stream())
                .findFirst()
                .ifPresent(database -> readDatabase(database, places));
    }

    /** A directory of the system; empty when it does not exist, or when a link leads out of the system. */
    private Optional<RawPath> inRoot(String name, RawPath real) {
        Optional<RawPath> found = files.real(root.resolve(name));
        if (found.isPresent() && place(found.get(), real).isEmpty()) {
            manifests.countRefused();
            return Optional.empty();
        }
        return found;
    }

    private void readSums(RawPath info, Set<RawPath> places) {
        RowFilter filter = manifests.wanted().below(places);
        for (RawPath sums : list(info, ".md5sums")) {
            read(sums, manifest -> new Md5Sums(manifest, filter, fromRoot(places)));
        }
    }

    private void readDatabase(RpmDatabaseFile database, Set<RawPath> places) {
        RpmManifests packages = new RpmManifests(database.path(), fromRoot(places), manifests);
        try {
            if (!database.read(packages)) {
                manifests.countRefused();
            }
        } catch (IOException refused) {
            manifests.countRefused();
        }
    }

    /** Receives rows whose paths begin at the root. */
    private ManifestRows.Rows fromRoot(Set<RawPath> places) {
        return (path, expected) -> places.forEach(
                place -> path.relativeTo(place).ifPresent(relative -> manifests.add(relative, expected)));
    }

    /** Where a directory is in another one, or the empty path for that one itself; empty where it is elsewhere. */
    private static Optional<RawPath> place(RawPath directory, RawPath above) {
        return directory.equals(above) ? Optional.of(RawPath.EMPTY) : directory.relativeTo(above);
    }

    private void read(RawPath found, Function<RawPath, ManifestParser> kind) {
        if (manifests.isFull()) {
            manifests.countRefused();
            return;
        }
        ManifestParser parser = kind.apply(found);
        try {
            if (file.read(found, parser, () -> manifests.isFull(parser))) {
                manifests.count(parser);
            } else {
                manifests.countRefused();
            }
        } catch (NoSuchFileException absent) {
            // A distribution need not have a RECORD, and a package may just have been removed.
        } catch (IOException refused) {
            manifests.countRefused();
        }
    }

    /** The files with names of that ending, sorted, so that conflicting rows have the same result whatever the order on disk. */
    private List<RawPath> list(RawPath directory, String ending) {
        Optional<List<RawPath>> names = files.list(directory, ending);
        if (names.isEmpty()) {
            manifests.countRefused();
        }
        return names.orElse(List.of()).stream().map(directory::resolve).toList();
    }
}
