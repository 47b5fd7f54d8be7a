package dev.freshpyc.indexer.fs;

import dev.freshpyc.core.digest.Sha256;
import dev.freshpyc.core.file.Errno;
import dev.freshpyc.core.file.FileStamp;
import dev.freshpyc.core.path.JavaPath;
import dev.freshpyc.core.path.RawPath;
import dev.freshpyc.indexer.fs.FileStat.FileType;
import dev.freshpyc.indexer.fs.Listing.EntryType;
import dev.freshpyc.indexer.fs.OpenDirectory.Identity;
import dev.freshpyc.indexer.fs.OpenDirectory.Opening;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A copy of a directory in memory, read by {@link TreeReader}s. Later changes on disk do not change the copy. */
public final class MemoryTree {

    private static final int MAX_LINKS = 40;
    private static final int MAX_NAME = 255;
    private static final int MAX_PATH = 4096;

    private sealed interface Node {}

    private record Folder(
            long inode,
            @Nullable Folder parent,
            Map<RawPath, Node> children,
            @Nullable Errno refusal) implements Node {}

    private record File(
            FileStat stat, Contents contents, @Nullable Errno refusal) implements Node {}

    private record Link(RawPath target) implements Node {}

    /** The result for a path that leads to no file. */
    private record NoFile(Errno errno) implements Node {}

    private final Folder root = new Folder(0, null, new TreeMap<>(), null);
    private final DirectoryTable<Folder> directories = new DirectoryTable<>();

    private MemoryTree() {}

    /** Copies a directory and keeps its path; the rest of the file system in memory is empty. */
    public static MemoryTree copyOf(Path directory) throws IOException {
        MemoryTree tree = new MemoryTree();
        Folder current = tree.root;
        for (Path name : Objects.requireNonNull(directory.toAbsolutePath().getParent())) {
            Folder next = new Folder(current.inode - 1, current, new TreeMap<>(), null);
            current.children.put(rawName(name), next);
            current = next;
        }
        current.children.put(rawName(directory), copy(directory, current));
        return tree;
    }

    /** Makes a reader for one worker. */
    public TreeReader newReader() {
        return new Reader();
    }

    private static RawPath rawName(Path path) {
        byte[] name = JavaPath.nameOf(path);
        return RawPath.of(name, 0, name.length);
    }

    private static long number(Path path, String attribute) throws IOException {
        return (Long) Objects.requireNonNull(Files.getAttribute(path, attribute, LinkOption.NOFOLLOW_LINKS));
    }

    private static Instant time(Path path, String attribute) throws IOException {
        return ((FileTime) Objects.requireNonNull(Files.getAttribute(path, attribute, LinkOption.NOFOLLOW_LINKS)))
                .toInstant();
    }

    private static Node copy(Path path, Folder parent) throws IOException {
        if (Files.isSymbolicLink(path)) {
            return new Link(JavaPath.toRaw(Files.readSymbolicLink(path)));
        }
        if (Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
            return copyFolder(path, parent, number(path, "unix:ino"));
        }
        FileStat stat = new FileStat();
        boolean regular = Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS);
        stat.set(
                regular ? FileType.REGULAR : FileType.OTHER,
                number(path, "unix:size"),
                number(path, "unix:ino"),
                number(path, "unix:dev"));
        var mtime = time(path, "unix:lastModifiedTime");
        var ctime = time(path, "unix:ctime");
        stat.setMtime(mtime.getEpochSecond(), mtime.getNano());
        stat.setCtime(ctime.getEpochSecond(), ctime.getNano());
        try {
            return new File(stat, new Contents(regular ? Files.readAllBytes(path) : new byte[0]), null);
        } catch (AccessDeniedException refused) {
            return new File(stat, new Contents(new byte[0]), Errno.EACCES);
        }
    }

    private static Folder copyFolder(Path path, Folder parent, long inode) throws IOException {
        Folder folder = new Folder(inode, parent, new TreeMap<>(), null);
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(path)) {
            for (Path entry : entries) {
                folder.children.put(rawName(entry), copy(entry, folder));
            }
            return folder;
        } catch (AccessDeniedException refused) {
            return new Folder(inode, parent, Map.of(), Errno.EACCES);
        }
    }

    private Node resolve(Folder from, RawPath path, boolean followLast, int links) {
        Node at = path.isAbsolute() ? root : from;
        var names = path.names();
        for (int index = 0; index < names.size(); index++) {
            if (!(at instanceof Folder folder)) {
                return at instanceof NoFile ? at : new NoFile(Errno.ENOTDIR);
            }
            at = step(folder, names.get(index), followLast || index < names.size() - 1, links);
        }
        return at;
    }

    private Node step(Folder folder, RawPath name, boolean follow, int links) {
        if (name.equals(RawPath.of("."))) {
            return folder;
        }
        if (name.equals(RawPath.of(".."))) {
            return folder.parent == null ? folder : folder.parent;
        }
        if (name.length() > MAX_NAME) {
            return new NoFile(Errno.ENAMETOOLONG);
        }
        @Nullable Node child = folder.children.get(name);
        if (child instanceof Link link && follow) {
            return links == MAX_LINKS ? new NoFile(Errno.ELOOP) : resolve(folder, link.target(), true, links + 1);
        }
        return child == null ? new NoFile(folder.refusal == null ? Errno.ENOENT : folder.refusal) : child;
    }

    private final class Reader implements TreeReader {

        private int listings;

        @Override
        public Listing newListing() {
            return new Listing(listings++);
        }

        @Override
        public int stat(OpenDirectory directory, FileStat into) {
            return -Errno.EIO.number();
        }

        @Override
        public boolean isLink(OpenDirectory directory, Listing names, int index) {
            return resolve(directories.get(directory), names.name(index), false, 0) instanceof Link;
        }

        @Override
        public RawPath follow(OpenDirectory directory, Listing names, int index) {
            return RawPath.EMPTY;
        }

        @Override
        public RawPath realPath(OpenDirectory directory) {
            return RawPath.EMPTY;
        }

        @Override
        public Opening openRoot(RawPath path) {
            if (path.length() >= MAX_PATH) {
                return new Opening.Refused(Errno.ENAMETOOLONG);
            }
            return path.equals(RawPath.EMPTY)
                    ? new Opening.Refused(Errno.ENOENT)
                    : open(resolve(root, path, true, 0), Errno.ENOTDIR);
        }

        @Override
        public Opening open(OpenDirectory parent, RawPath name, boolean followLink) {
            return open(resolve(directories.get(parent), name, followLink, 0), Errno.ENOTDIR);
        }

        private Opening open(Node node, Errno otherwise) {
            return switch (node) {
                case Folder folder ->
                    folder.refusal == null
                            ? new Opening.Open(directories.open(folder))
                            : new Opening.Refused(folder.refusal);
                case NoFile(Errno errno) -> new Opening.Refused(errno);
                case File _, Link _ -> new Opening.Refused(otherwise);
            };
        }

        @Override
        public Identity identity(OpenDirectory directory) {
            return new Identity(0, directories.get(directory).inode());
        }

        @Override
        public StampStability stability(OpenDirectory directory) {
            return StampStability.of("memory");
        }

        @Override
        public void close(OpenDirectory directory) {
            directories.close(directory);
        }

        @Override
        public int list(OpenDirectory directory, Listing into) {
            into.clear();
            directories.get(directory).children().forEach((name, node) -> {
                byte[] bytes = name.toBytes();
                @Nullable
                EntryType type = into.typeOf(bytes, 0, bytes.length, node instanceof Folder, node instanceof Link);
                if (type != null) {
                    into.add(type, bytes);
                }
            });
            return 0;
        }

        @Override
        public int stat(OpenDirectory directory, Listing names, int index, FileStat into) {
            return stat(resolve(directories.get(directory), names.name(index), true, 0), into);
        }

        private static int stat(Node node, FileStat into) {
            return switch (node) {
                case File file -> {
                    FileStamp stamp = file.stat.toStamp();
                    into.set(file.stat.type(), stamp.size(), stamp.inode(), stamp.device());
                    into.setMtime(stamp.mtimeSeconds(), stamp.mtimeNanos());
                    into.setCtime(stamp.ctimeSeconds(), stamp.ctimeNanos());
                    yield 0;
                }
                case Folder folder -> {
                    into.set(FileType.DIRECTORY, 0, folder.inode(), 0);
                    yield 0;
                }
                case NoFile(Errno errno) -> -errno.number();
                case Link _ -> throw new AssertionError("links are followed");
            };
        }

        @Override
        public FileContents.Opening openContents(OpenDirectory directory, Listing names, int index) {
            return open(resolve(directories.get(directory), names.name(index), true, 0));
        }

        @Override
        public FileContents.Opening openFile(RawPath path, FileStat into) {
            Node node = resolve(root, path, true, 0);
            int code = stat(node, into);
            return code < 0 ? new FileContents.Opening.Refused(code) : open(node);
        }

        private static FileContents.Opening open(Node node) {
            return switch (node) {
                case File file -> {
                    if (file.stat.type() != FileType.REGULAR) {
                        yield new FileContents.Opening.Refused(NOT_A_FILE);
                    }
                    yield file.refusal == null
                            ? new FileContents.Opening.Open(file.contents)
                            : new FileContents.Opening.Refused(-file.refusal.number());
                }
                case Folder _ -> new FileContents.Opening.Refused(-Errno.EISDIR.number());
                case NoFile(Errno errno) -> new FileContents.Opening.Refused(-errno.number());
                case Link _ -> throw new AssertionError("links are followed");
            };
        }

        @Override
        public void close() {}
    }

    private static final class Contents implements FileContents {

        private final byte[] bytes;

        Contents(byte[] bytes) {
            this.bytes = bytes;
        }

        @Override
        public long size() {
            return bytes.length;
        }

        @Override
        public Sha256 sha256(long position) throws IOException {
            return Sha256.of(new ContentDigest(Sha256.newDigest()).digest(this, position, bytes.length));
        }

        @Override
        public int read(long position, byte[] into, int offset, int length) {
            int count = (int) Math.max(0, Math.min(length, bytes.length - position));
            System.arraycopy(bytes, (int) Math.min(position, bytes.length), into, offset, count);
            return count;
        }

        @Override
        public void close() {}
    }
}
