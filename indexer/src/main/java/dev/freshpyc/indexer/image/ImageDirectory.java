package dev.freshpyc.indexer.image;

import dev.freshpyc.core.image.TarMember;
import dev.freshpyc.core.path.RawPath;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A directory of a merged image. */
final class ImageDirectory extends ImageFile {

    private static final RawPath TOP = RawPath.of("/");

    private final @Nullable ImageDirectory parent;
    private final RawPath name;
    private final Map<RawPath, ImageFile> children = new HashMap<>();

    /** @param parent null for the root directory */
    ImageDirectory(long number, int layer, TarMember member, @Nullable ImageDirectory parent, RawPath name) {
        super(number, layer, member, NO_CONTENT, false);
        this.parent = parent;
        this.name = name;
    }

    /** The directory above; the root directory is above itself. */
    ImageDirectory parent() {
        return parent == null ? this : parent;
    }

    /** The path in the image, absolute and without links. */
    RawPath path() {
        return parent == null ? TOP : parent.path().resolve(name);
    }

    Map<RawPath, ImageFile> children() {
        return children;
    }

    @Nullable
    ImageFile child(RawPath childName) {
        return children.get(childName);
    }
}
