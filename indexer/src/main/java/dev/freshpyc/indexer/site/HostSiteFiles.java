package dev.freshpyc.indexer.site;

import dev.freshpyc.core.path.JavaPath;
import dev.freshpyc.core.path.RawPath;
import dev.freshpyc.indexer.fs.CanonicalPath;
import dev.freshpyc.indexer.fs.TreeWriter;
import dev.freshpyc.indexer.fs.TreeWriter.SystemCallException;
import dev.freshpyc.indexer.host.HostFiles;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The files of this host. With a root directory, each path and each link is resolved inside it, and the resolved file is opened only
 * if it has not become a link meanwhile.
 */
public final class HostSiteFiles implements SiteFiles {

    private static final RawPath TOP = RawPath.of("/");

    private final Optional<RawPath> root;

    /**
     * The files of this system, or of another one.
     *
     * @param root the other system's root directory, absolute and without links; empty for this system
     */
    public HostSiteFiles(Optional<RawPath> root) {
        this.root = root.filter(directory -> !directory.equals(TOP));
    }

    @Override
    public boolean exists(RawPath path) {
        return outside(path).filter(Files::exists).isPresent();
    }

    @Override
    public boolean isDirectory(RawPath path) {
        return outside(path).filter(Files::isDirectory).isPresent();
    }

    @Override
    public boolean isFile(RawPath path) {
        return outside(path).filter(Files::isRegularFile).isPresent();
    }

    @Override
    public Optional<byte[]> read(RawPath path, int most) {
        return outside(real(path)).flatMap(file -> read(file, most));
    }

    @Override
    public Optional<List<RawPath>> list(RawPath directory, int most) {
        return outside(directory).flatMap(path -> list(path, most));
    }

    @Override
    public RawPath real(RawPath path) {
        if (root.isEmpty()) {
            return exists(path) ? CanonicalPath.of(path) : path;
        }
        return resolved(root.get(), path)
                .flatMap(found -> found.seenFrom(root.get()))
                .orElse(path);
    }

    @Override
    public Optional<RawPath> link(RawPath path) {
        return outside(path.parent()).flatMap(directory -> {
            try {
                return Optional.of(JavaPath.toRaw(Files.readSymbolicLink(directory.resolve(JavaPath.of(path.name())))));
            } catch (IOException | UnsupportedOperationException | IllegalArgumentException noLink) {
                return Optional.empty();
            }
        });
    }

    private static Optional<byte[]> read(Path file, int most) {
        if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) { // a FIFO would block
            return Optional.empty();
        }
        try (InputStream in = Files.newInputStream(file, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS)) {
            byte[] content = in.readNBytes(most + 1);
            return content.length > most ? Optional.empty() : Optional.of(content);
        } catch (IOException | UnsupportedOperationException unreadable) {
            return Optional.empty();
        }
    }

    private static Optional<List<RawPath>> list(Path directory, int most) {
        List<RawPath> names = new ArrayList<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(directory)) {
            for (Path file : files) {
                if (names.size() == most) {
                    return Optional.empty();
                }
                byte[] name = JavaPath.nameOf(file);
                names.add(RawPath.of(name, 0, name.length));
            }
        } catch (IOException | DirectoryIteratorException unreadable) {
            return Optional.empty();
        }
        return Optional.of(names);
    }

    /** The path as this system sees it; empty where the path leads nowhere inside the root directory. */
    private Optional<Path> outside(RawPath path) {
        try {
            return root.isEmpty()
                    ? Optional.of(JavaPath.of(path))
                    : resolved(root.get(), path).map(JavaPath::of);
        } catch (IllegalArgumentException noPath) { // a NUL in it
            return Optional.empty();
        }
    }

    private static Optional<RawPath> resolved(RawPath root, RawPath path) {
        try (TreeWriter files = HostFiles.newWriter()) {
            return Optional.of(files.resolveInRoot(root, path));
        } catch (SystemCallException | IllegalArgumentException leadsNowhere) {
            return Optional.empty();
        }
    }
}
