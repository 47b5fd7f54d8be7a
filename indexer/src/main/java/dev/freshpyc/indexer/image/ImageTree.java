package dev.freshpyc.indexer.image;

import dev.freshpyc.core.file.ByteSource;
import dev.freshpyc.core.file.Errno;
import dev.freshpyc.core.path.RawPath;
import dev.freshpyc.core.pyc.PycPath;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The files of an image after all its layers. Paths are resolved inside the image, as for a process that has it as its root
 * directory. Does not change after the merge, so that all threads may read it.
 */
public final class ImageTree {

    /** How many links a path may lead through, as in Linux. */
    private static final int MAX_LINKS = 40;

    private static final RawPath UP = RawPath.of("..");
    private static final RawPath HERE = RawPath.of(".");

    private final ImageDirectory root;
    private final ByteSource contents;

    ImageTree(ImageDirectory root, ByteSource contents) {
        this.root = root;
        this.contents = contents;
    }

    /** The contents that were kept, at the positions that {@link ImageFile#content()} names. */
    public ByteSource contents() {
        return contents;
    }

    ImageDirectory root() {
        return root;
    }

    /** Where a path leads to. */
    sealed interface Found {

        /**
         * A file.
         *
         * @param directory the directory that the file is in, and the root directory itself for the root directory
         * @param name the name that the path ends with after all links
         */
        record File(ImageFile file, ImageDirectory directory, RawPath name) implements Found {

            /** The path in the image, absolute and without links. */
            RawPath path() {
                return file instanceof ImageDirectory itself
                        ? itself.path()
                        : directory.path().resolve(name);
            }
        }

        record Refused(Errno errno) implements Found {}
    }

    /** The file at a path in the image, links followed; empty where there is none. */
    public Optional<ImageFile> find(RawPath path) {
        return resolve(root, path, true) instanceof Found.File found ? Optional.of(found.file()) : Optional.empty();
    }

    /** The target of a symbolic link as the link spells it; empty where the path is no link. */
    public Optional<RawPath> link(RawPath path) {
        return resolve(root, path, false) instanceof Found.File found
                        && found.file().isLink()
                ? Optional.of(found.file().link())
                : Optional.empty();
    }

    /** The path that a path leads to, absolute and without links; empty where it leads nowhere. */
    public Optional<RawPath> real(RawPath path) {
        return resolve(root, path, true) instanceof Found.File found ? Optional.of(found.path()) : Optional.empty();
    }

    /**
     * How many bytecode files of each layer are in the image, by the layer's number; layers have the numbers from 1.
     *
     * @param layers how many layers the image has
     */
    public long[] bytecodeByLayer(int layers) {
        long[] counts = new long[layers + 1];
        Deque<ImageDirectory> rest = new ArrayDeque<>(List.of(root));
        while (!rest.isEmpty()) {
            rest.removeLast().children().forEach((name, file) -> {
                if (file instanceof ImageDirectory directory) {
                    rest.addLast(directory);
                } else if (PycPath.isBytecode(name)) {
                    counts[file.layer()]++;
                }
            });
        }
        return counts;
    }

    /** A directory of the image by its path; empty where the path leads to none. */
    public Optional<ImageFile> directory(RawPath path) {
        return find(path).filter(ImageFile::isDirectory);
    }

    /** Whether a path leads to a regular file of the image, links followed. */
    public boolean isRegularFile(RawPath path) {
        return find(path).filter(ImageFile::isRegular).isPresent();
    }

    /**
     * Where a path leads to from a directory.
     *
     * @param followLast whether a link at the end of the path is followed
     */
    Found resolve(ImageDirectory from, RawPath path, boolean followLast) {
        ImageDirectory at = path.isAbsolute() ? root : from;
        Deque<RawPath> names = new ArrayDeque<>(path.names());
        Found.File found = new Found.File(at, at.parent(), RawPath.EMPTY);
        int links = 0;
        while (!names.isEmpty()) {
            RawPath name = names.removeFirst();
            if (name.equals(HERE)) {
                continue;
            }
            if (name.equals(UP)) {
                at = at.parent();
                found = new Found.File(at, at.parent(), RawPath.EMPTY);
                continue;
            }
            @Nullable ImageFile next = at.child(name);
            if (next == null) {
                return new Found.Refused(Errno.ENOENT);
            }
            if (next.isLink() && (followLast || !names.isEmpty())) {
                if (++links > MAX_LINKS) {
                    return new Found.Refused(Errno.ELOOP);
                }
                at = next.link().isAbsolute() ? root : at;
                prepend(next.link().names(), names);
                found = new Found.File(at, at.parent(), RawPath.EMPTY);
                continue;
            }
            found = new Found.File(next, at, name);
            if (next instanceof ImageDirectory directory) {
                at = directory;
            } else if (!names.isEmpty()) {
                return new Found.Refused(Errno.ENOTDIR);
            }
        }
        return found;
    }

    private static void prepend(List<RawPath> first, Deque<RawPath> names) {
        for (RawPath name : first.reversed()) {
            names.addFirst(name);
        }
    }
}
