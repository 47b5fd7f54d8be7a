package dev.freshpyc.indexer.manifest;

import dev.freshpyc.core.file.UnixUser;
import dev.freshpyc.core.manifest.ManifestParser;
import dev.freshpyc.core.manifest.ManifestRows;
import dev.freshpyc.core.manifest.Manifests;
import dev.freshpyc.core.manifest.Md5Sums;
import dev.freshpyc.core.manifest.WheelRecord;
import dev.freshpyc.core.path.RawPath;
import dev.freshpyc.indexer.fs.CanonicalPath;
import dev.freshpyc.indexer.fs.JavaPath;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
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
    private static final String DIST_INFO = ".dist-info";
    private static final String DPKG = "var/lib/dpkg/info";

    /**
     * Where RPM's database is: on Fedora since 36, SUSE and RHEL since 10, on ostree's systems, and on all others. Those before
     * the last are links to each other where there are several, so the first is the one; another was left by a migration.
     */
    private static final List<String> RPM = List.of("usr/lib/sysimage/rpm", "usr/share/rpm", "var/lib/rpm");

    private final ManifestFile file = new ManifestFile();
    private final Manifests manifests = new Manifests();
    private final Path root;
    private final RawPath entry;

    private ManifestReader(Path root, RawPath entry) {
        this.root = root;
        this.entry = entry;
    }

    /** The manifests of the files below {@code entry}, which is absolute. */
    public static Manifests of(RawPath entry) {
        return of(RawPath.of("/"), entry);
    }

    /**
     * What is recorded of the files below {@code entry}, an absolute path with {@code root} in front, in a system whose root
     * directory is {@code root}.
     */
    public static Manifests of(RawPath root, RawPath entry) {
        return new ManifestReader(JavaPath.of(root), entry).read();
    }

    private Manifests read() {
        try {
            Path directory = JavaPath.of(entry);
            readRecords(recordsOf(directory));
            readPackages(directory);
        } catch (InvalidPathException unknown) {
            manifests.countRefused();
        }
        return manifests;
    }

    /**
     * The nearest directory with the RECORDs of wheels: the entry, or a directory above the entry, as the site-packages above a
     * package. Only directories of the entry's owner or of root count, and none that everybody may write to.
     */
    private Path recordsOf(Path directory) {
        Optional<Integer> owner = UnixUser.ownerOf(directory);
        for (Path above = directory; above != null && above.startsWith(root); above = above.getParent()) {
            if (!above.equals(directory) && !isTrusted(above, owner)) {
                return directory;
            }
            if (hasRecords(above)) {
                return above;
            }
        }
        return directory;
    }

    private static boolean isTrusted(Path directory, Optional<Integer> owner) {
        Optional<Integer> other = UnixUser.ownerOf(directory);
        try {
            return (other.equals(owner) || other.equals(Optional.of(UnixUser.ROOT)))
                    && !Files.getPosixFilePermissions(directory).contains(PosixFilePermission.OTHERS_WRITE);
        } catch (IOException | UnsupportedOperationException unknown) {
            return false;
        }
    }

    private static boolean hasRecords(Path directory) {
        try (DirectoryStream<Path> infos = Files.newDirectoryStream(directory, "*" + DIST_INFO)) {
            return infos.iterator().hasNext();
        } catch (IOException | DirectoryIteratorException unreadable) {
            return false;
        }
    }

    private void readRecords(Path directory) {
        RawPath base = JavaPath.toRaw(directory);
        for (Path info : list(directory, DIST_INFO)) {
            Path found = info.resolve("RECORD");
            if (!Files.isDirectory(info, LinkOption.NOFOLLOW_LINKS)) {
                manifests.countRefused();
            } else if (Files.exists(found, LinkOption.NOFOLLOW_LINKS)) {
                read(
                        found,
                        manifest -> new WheelRecord(
                                manifest,
                                (path, expected) -> Manifests.inside(base, path)
                                        .flatMap(relative ->
                                                base.resolve(relative).relativeTo(entry))
                                        .ifPresent(relative -> manifests.add(relative, expected))));
            }
        }
    }

    /** A package has a file under a path which may be another one's by a link (merged /usr). */
    private void readPackages(Path directory) {
        Set<RawPath> places = new LinkedHashSet<>();
        try {
            place(directory, root).ifPresent(places::add);
            Path real = CanonicalPath.ofExisting(root);
            place(CanonicalPath.ofExisting(directory), real).ifPresent(places::add);
            inRoot(DPKG, real).ifPresent(info -> readSums(info, places));
            RPM.stream()
                    .flatMap(name -> inRoot(name, real).flatMap(RpmDatabaseFile::in).stream())
                    .findFirst()
                    .ifPresent(database -> readDatabase(database, places));
        } catch (IOException noPackages) {
            // The entry does not exist.
        }
    }

    /** A directory of the system; empty when it does not exist, or when a link leads out of the system. */
    private Optional<Path> inRoot(String name, Path real) {
        try {
            Path found = CanonicalPath.ofExisting(root.resolve(name));
            if (found.startsWith(real)) {
                return Optional.of(found);
            }
            manifests.countRefused();
        } catch (IOException notThere) {
            // The system has no such directory.
        }
        return Optional.empty();
    }

    private void readSums(Path info, Set<RawPath> places) {
        for (Path sums : list(info, ".md5sums")) {
            read(sums, manifest -> new Md5Sums(manifest, places, fromRoot(places)));
        }
    }

    private void readDatabase(RpmDatabaseFile database, Set<RawPath> places) {
        RpmManifests packages = new RpmManifests(JavaPath.toRaw(database.path()), fromRoot(places), manifests);
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

    private Optional<RawPath> place(Path directory, Path above) {
        return JavaPath.toRaw(directory).relativeTo(JavaPath.toRaw(above));
    }

    private void read(Path found, Function<RawPath, ManifestParser> kind) {
        if (manifests.isFull()) {
            manifests.countRefused();
            return;
        }
        ManifestParser parser = kind.apply(JavaPath.toRaw(found));
        try {
            if (file.read(found, parser, () -> manifests.isFull(parser))) {
                manifests.count(parser);
            } else {
                manifests.countRefused();
            }
        } catch (IOException refused) {
            manifests.countRefused();
        }
    }

    /** The names with that ending, sorted, so that conflicting rows have the same result whatever the order on disk. */
    private List<Path> list(Path directory, String ending) {
        List<Path> found = new ArrayList<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(
                directory, path -> path.getFileName().toString().endsWith(ending))) {
            entries.forEach(found::add);
        } catch (IOException | DirectoryIteratorException unreadable) {
            manifests.countRefused();
        }
        found.sort(null);
        return found;
    }
}
