package dev.freshpyc.indexer.hook;

import dev.freshpyc.core.file.Errno;
import dev.freshpyc.core.path.RawPath;
import dev.freshpyc.indexer.fs.OpenFile;
import dev.freshpyc.indexer.fs.TreeWriter;
import dev.freshpyc.indexer.fs.TreeWriter.FileFacts;
import dev.freshpyc.indexer.fs.TreeWriter.SystemCallException;
import dev.freshpyc.indexer.host.HostFiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** An open directory that holds files of a hook. No symbolic link in its path or in place of a file is followed. */
final class HookDirectory implements AutoCloseable {

    /** Larger files are not of freshpyc. */
    private static final int MOST_BYTES = 64 * 1024;

    private static final int DIRECTORY_MODE = 0755;

    private final TreeWriter files;
    private final OpenFile directory;

    private HookDirectory(TreeWriter files, OpenFile directory) {
        this.files = files;
        this.directory = directory;
    }

    /** Opens a directory below {@code top}; empty if it does not exist. */
    static Optional<HookDirectory> open(RawPath top, RawPath below) throws IOException {
        TreeWriter files = HostFiles.newWriter();
        try (OpenFile root = files.openRoot(top)) {
            return Optional.of(new HookDirectory(files, files.openDirectory(root, below)));
        } catch (SystemCallException refused) {
            files.close();
            if (refused.errno().equals(Errno.ENOENT)) {
                return Optional.empty();
            }
            throw refused;
        }
    }

    /** Makes the last directory of the path {@code below} if it does not exist, and opens it. */
    static HookDirectory make(RawPath top, RawPath below) throws IOException {
        Optional<HookDirectory> found = open(top, below);
        if (found.isPresent()) {
            return found.get();
        }
        try (TreeWriter files = HostFiles.newWriter();
                OpenFile root = files.openRoot(top);
                OpenFile parent = files.openDirectory(root, below.parent())) {
            files.makeDirectory(parent, below.name(), DIRECTORY_MODE);
        }
        return open(top, below)
                .orElseThrow(() -> new IOException(top.resolve(below).shown() + " is gone: run the command again"));
    }

    /** The text of a regular file; empty if it does not exist or is none of freshpyc's. */
    Optional<String> read(String name) throws IOException {
        try (OpenFile file = files.open(directory, RawPath.of(name), false)) {
            FileFacts facts = files.stat(file);
            return facts.regular() && facts.stamp().size() <= MOST_BYTES
                    ? Optional.of(
                            new String(files.read(file, (int) facts.stamp().size()), StandardCharsets.UTF_8))
                    : Optional.empty();
        } catch (SystemCallException refused) {
            return Optional.empty();
        }
    }

    /** The target of a symbolic link; empty for any other file. */
    Optional<RawPath> link(String name) {
        try {
            return Optional.of(files.readLink(directory, RawPath.of(name)));
        } catch (SystemCallException noLink) {
            return Optional.empty();
        }
    }

    boolean exists(String name) {
        try {
            files.stat(directory, RawPath.of(name));
            return true;
        } catch (SystemCallException absent) {
            return false;
        }
    }

    /** Writes a file beside its place and renames it. */
    void write(String name, String text, int mode) throws IOException {
        RawPath pending = RawPath.of(name + ".freshpyc-new");
        if (exists(name + ".freshpyc-new")) {
            files.unlink(directory, pending); // of a run that was killed
        }
        try (OpenFile file = files.create(directory, pending)) {
            files.write(file, new byte[0], text.getBytes(StandardCharsets.UTF_8));
            files.setMode(file, mode);
            files.force(file);
        }
        files.rename(directory, pending, RawPath.of(name));
    }

    void rename(String from, String to) throws IOException {
        files.rename(directory, RawPath.of(from), RawPath.of(to));
    }

    void remove(String name) throws IOException {
        files.unlink(directory, RawPath.of(name));
    }

    @Override
    public void close() {
        directory.close();
        files.close();
    }
}
