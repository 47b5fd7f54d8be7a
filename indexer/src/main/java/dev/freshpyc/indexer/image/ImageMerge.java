package dev.freshpyc.indexer.image;

import dev.freshpyc.core.file.ByteSource;
import dev.freshpyc.core.image.BadArchiveException;
import dev.freshpyc.core.image.LayerName;
import dev.freshpyc.core.image.TarMember;
import dev.freshpyc.core.image.TarMember.MemberType;
import dev.freshpyc.core.path.RawPath;
import dev.freshpyc.indexer.image.ImageTree.Found;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Merges the layers of an image into a tree, from the lowest to the highest. */
public final class ImageMerge {

    private static final TarMember PLAIN_DIRECTORY =
            new TarMember(RawPath.EMPTY, MemberType.DIRECTORY, 0755, 0, 0, 0, 0, 0, RawPath.EMPTY, List.of());

    private final ImageDirectory root = new ImageDirectory(0, 0, PLAIN_DIRECTORY, null, RawPath.EMPTY);
    private final ImageTree tree;
    private long numbers = 1;
    private int layer;

    /** @param contents holds what is kept of the members' contents */
    public ImageMerge(ByteSource contents) {
        tree = new ImageTree(root, contents);
    }

    /** The tree of the layers so far. */
    public ImageTree tree() {
        return tree;
    }

    /** Begins the next layer. */
    public void beginLayer() {
        layer++;
    }

    /**
     * Applies a member of the present layer.
     *
     * @param content where the content is in the store, or {@link ImageFile#NO_CONTENT}
     * @param kept whether the file belongs into the tree; otherwise it only replaces one that does
     * @throws BadArchiveException when the member leads out of the image
     */
    public void apply(TarMember member, long content, boolean kept) throws BadArchiveException {
        switch (LayerName.of(member.name())) {
            case LayerName.File(RawPath path) -> put(path, member, content, kept);
            case LayerName.Removed(RawPath path) -> remove(path);
            case LayerName.Opaque(RawPath directory) -> empty(directory);
            case LayerName.Ignored _ -> {}
        }
    }

    private void put(RawPath path, TarMember member, long content, boolean kept) {
        if (path.equals(RawPath.EMPTY)) {
            if (member.type() == MemberType.DIRECTORY) {
                root.describe(layer, member);
            }
            return;
        }
        @Nullable ImageDirectory parent = kept ? makeDirectory(path.parent()) : existing(path.parent());
        if (parent == null) {
            return;
        }
        RawPath name = path.name();
        @Nullable ImageFile former = parent.child(name);
        if (member.type() == MemberType.DIRECTORY && former instanceof ImageDirectory directory) {
            directory.describe(layer, member);
            return;
        }
        @Nullable ImageFile linked = member.type() == MemberType.HARD_LINK ? target(member.link()) : null;
        if (former != null && former == linked) {
            return;
        }
        if (former != null) {
            former.removeLink();
            parent.children().remove(name);
        }
        if (linked != null) {
            linked.addLink();
            parent.children().put(name, linked);
        } else if (kept) {
            boolean replacement = former != null && former.layer() < layer;
            ImageFile file = member.type() == MemberType.DIRECTORY
                    ? new ImageDirectory(numbers++, layer, member, parent, name)
                    : new ImageFile(numbers++, layer, member, content, replacement);
            parent.children().put(name, file);
        }
    }

    /** The file that a hard link leads to; null where it is not in the tree. */
    private @Nullable ImageFile target(RawPath link) {
        return tree.resolve(root, link, false) instanceof Found.File found
                        && !found.file().isDirectory()
                ? found.file()
                : null;
    }

    /** Removes what lower layers have at a path; a directory stays as far as the present layer filled it. */
    private void remove(RawPath path) {
        @Nullable ImageDirectory parent = existing(path.parent());
        @Nullable ImageFile file = parent == null ? null : parent.child(path.name());
        if (parent != null && file != null && !stays(file)) {
            file.removeLink();
            parent.children().remove(path.name());
        }
    }

    private void empty(RawPath path) {
        @Nullable ImageDirectory directory = existing(path);
        if (directory != null) {
            removeOlder(directory);
        }
    }

    /** Removes what lower layers have in a directory; returns whether the present layer has the file, or anything in it. */
    private boolean stays(ImageFile file) {
        boolean filled = file instanceof ImageDirectory directory && removeOlder(directory);
        return filled || file.layer() == layer;
    }

    /** Removes what lower layers have in a directory; true if something is left. */
    private boolean removeOlder(ImageDirectory top) {
        List<ImageDirectory> all = new ArrayList<>();
        all.add(top);
        // Not a recursion: a hostile layer may nest directories too deeply for the stack.
        for (int at = 0; at < all.size(); at++) {
            all.get(at).children().values().stream()
                    .filter(ImageDirectory.class::isInstance)
                    .map(ImageDirectory.class::cast)
                    .forEach(all::add);
        }
        for (ImageDirectory directory : all.reversed()) {
            Iterator<ImageFile> files = directory.children().values().iterator();
            while (files.hasNext()) {
                ImageFile file = files.next();
                boolean filled = file instanceof ImageDirectory below
                        && !below.children().isEmpty();
                if (!filled && file.layer() != layer) {
                    file.removeLink();
                    files.remove();
                }
            }
        }
        return !top.children().isEmpty();
    }

    /** The directory at a path, links followed; null where there is none. */
    private @Nullable ImageDirectory existing(RawPath path) {
        return directory(root, path);
    }

    private @Nullable ImageDirectory directory(ImageDirectory from, RawPath path) {
        return tree.resolve(from, path, true) instanceof Found.File found
                        && found.file() instanceof ImageDirectory directory
                ? directory
                : null;
    }

    /** The directory at a path. Missing directories are made, and replace files that have their names. */
    private ImageDirectory makeDirectory(RawPath path) {
        @Nullable ImageDirectory known = existing(path);
        if (known != null) {
            return known;
        }
        ImageDirectory at = root;
        for (RawPath name : path.names()) {
            @Nullable ImageDirectory there = directory(at, name);
            if (there != null) {
                at = there;
            } else {
                ImageDirectory made = new ImageDirectory(numbers++, layer, PLAIN_DIRECTORY, at, name);
                at.children().put(name, made);
                at = made;
            }
        }
        return at;
    }
}
