package dev.freshpyc.indexer.image;

import dev.freshpyc.core.digest.Sha256;
import dev.freshpyc.core.file.Errno;
import dev.freshpyc.core.path.RawPath;
import dev.freshpyc.indexer.fs.DirectoryTable;
import dev.freshpyc.indexer.fs.FileContents;
import dev.freshpyc.indexer.fs.FileContents.ContentDigest;
import dev.freshpyc.indexer.fs.FileStat;
import dev.freshpyc.indexer.fs.FileStat.FileType;
import dev.freshpyc.indexer.fs.Listing;
import dev.freshpyc.indexer.fs.Listing.EntryType;
import dev.freshpyc.indexer.fs.OpenDirectory;
import dev.freshpyc.indexer.fs.OpenDirectory.Identity;
import dev.freshpyc.indexer.fs.OpenDirectory.Opening;
import dev.freshpyc.indexer.fs.StampStability;
import dev.freshpyc.indexer.fs.TreeReader;
import dev.freshpyc.indexer.image.ImageTree.Found;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Reads the files of an image. Their ctime is their mtime, since an image has none, and no birth is known: so no match of times is
 * proven here.
 */
public final class ImageTreeReader implements TreeReader {

    private static final StampStability STABLE = new StampStability("image", true);

    /** The device number of all files of an image. */
    private static final long DEVICE = 1;

    private final ImageTree tree;
    private final DirectoryTable<ImageDirectory> directories;
    private final ContentDigest digest = new ContentDigest(Sha256.newDigest());

    private ImageTreeReader(ImageTree tree, DirectoryTable<ImageDirectory> directories) {
        this.tree = tree;
        this.directories = directories;
    }

    /** Makes the readers of one scan's workers, which share their open directories. */
    public static Supplier<TreeReader> workers(ImageTree tree) {
        DirectoryTable<ImageDirectory> shared = new DirectoryTable<>();
        return () -> new ImageTreeReader(tree, shared);
    }

    @Override
    public Listing newListing() {
        return new Listing(0);
    }

    @Override
    public Opening openRoot(RawPath path) {
        return open(tree.root(), path, true);
    }

    @Override
    public Opening open(OpenDirectory parent, RawPath name, boolean followLink) {
        return open(directories.get(parent), name, followLink);
    }

    private Opening open(ImageDirectory from, RawPath path, boolean followLink) {
        return switch (tree.resolve(from, path, followLink)) {
            case Found.File found ->
                found.file() instanceof ImageDirectory directory
                        ? new Opening.Open(directories.open(directory))
                        : new Opening.Refused(Errno.ENOTDIR);
            case Found.Refused(Errno errno) -> new Opening.Refused(errno);
        };
    }

    @Override
    public Identity identity(OpenDirectory directory) {
        return new Identity(DEVICE, directories.get(directory).number());
    }

    @Override
    public StampStability stability(OpenDirectory directory) {
        return STABLE;
    }

    @Override
    public void close(OpenDirectory directory) {
        directories.close(directory);
    }

    @Override
    public int list(OpenDirectory directory, Listing into) {
        into.clear();
        directories.get(directory).children().forEach((name, file) -> {
            byte[] bytes = name.toBytes();
            @Nullable EntryType type = EntryType.of(bytes, 0, bytes.length, file.isDirectory(), file.isLink());
            if (type != null) {
                into.add(type, bytes);
            }
        });
        return 0;
    }

    @Override
    public int stat(OpenDirectory directory, Listing names, int index, FileStat into) {
        return switch (found(directory, names, index)) {
            case Found.File found -> stat(found.file(), into);
            case Found.Refused(Errno errno) -> -errno.number();
        };
    }

    @Override
    public int stat(OpenDirectory directory, FileStat into) {
        return stat(directories.get(directory), into);
    }

    private static int stat(ImageFile file, FileStat into) {
        into.set(typeOf(file), file.size(), file.number(), DEVICE);
        into.setMtime(file.mtimeSeconds(), file.mtimeNanos());
        into.setCtime(file.mtimeSeconds(), file.mtimeNanos());
        into.setAccess(file.mode(), (int) file.user(), (int) file.group());
        into.setLinks(file.links());
        return 0;
    }

    private static FileType typeOf(ImageFile file) {
        return switch (file.type()) {
            case REGULAR, HARD_LINK -> FileType.REGULAR;
            case DIRECTORY -> FileType.DIRECTORY;
            case SYMBOLIC_LINK, OTHER -> FileType.OTHER;
        };
    }

    @Override
    public FileContents.Opening openContents(OpenDirectory directory, Listing names, int index) {
        return switch (found(directory, names, index)) {
            case Found.File found -> contents(found.file());
            case Found.Refused(Errno errno) -> new FileContents.Opening.Refused(-errno.number());
        };
    }

    @Override
    public FileContents.Opening openFile(RawPath path, FileStat into) {
        return switch (tree.resolve(tree.root(), path, true)) {
            case Found.File found -> {
                stat(found.file(), into);
                yield contents(found.file());
            }
            case Found.Refused(Errno errno) -> new FileContents.Opening.Refused(-errno.number());
        };
    }

    private FileContents.Opening contents(ImageFile file) {
        return switch (typeOf(file)) {
            case DIRECTORY -> new FileContents.Opening.Refused(-Errno.EISDIR.number());
            case OTHER -> new FileContents.Opening.Refused(NOT_A_FILE);
            case REGULAR ->
                file.content() == ImageFile.NO_CONTENT
                        ? new FileContents.Opening.Refused(-Errno.EIO.number())
                        : new FileContents.Opening.Open(
                                new ImageContents(tree.contents(), file.content(), file.size(), digest));
        };
    }

    @Override
    public boolean isLink(OpenDirectory directory, Listing names, int index) {
        @Nullable ImageFile file = directories.get(directory).child(names.name(index));
        return file != null && file.isLink();
    }

    @Override
    public RawPath follow(OpenDirectory directory, Listing names, int index) {
        return found(directory, names, index) instanceof Found.File found ? found.path() : RawPath.EMPTY;
    }

    @Override
    public RawPath realPath(OpenDirectory directory) {
        return directories.get(directory).path();
    }

    @Override
    public void close() {}

    private Found found(OpenDirectory directory, Listing names, int index) {
        return tree.resolve(directories.get(directory), names.name(index), true);
    }
}
