package dev.freshpyc.core.image;

import dev.freshpyc.core.path.RawPath;
import java.util.List;
import java.util.Optional;

/**
 * What a member of a layer is about: a file, or the removal of files of lower layers (OCI image specification, "Whiteouts").
 * Names with {@code ..} are refused, since they would leave the directory that an image is unpacked to.
 */
public sealed interface LayerName {

    /** A file of the layer; the empty path is the root directory. */
    record File(RawPath path) implements LayerName {}

    /** {@code .wh.NAME}: lower layers have no file of that path any more. */
    record Removed(RawPath path) implements LayerName {}

    /** {@code .wh..wh..opq}: nothing of lower layers is left in that directory. */
    record Opaque(RawPath directory) implements LayerName {}

    /** A file of the AUFS file system for itself, such as {@code .wh..wh.plnk}. */
    record Ignored() implements LayerName {}

    /** What a member is about; a leading slash and dots are left out of its name. */
    static LayerName of(RawPath member) throws BadArchiveException {
        RawPath path = RawPath.EMPTY;
        List<RawPath> names = member.names();
        for (RawPath name : names) {
            if (name.toPython().equals("..")) {
                throw new BadArchiveException("has a member that leads out of it: " + member.shown());
            }
            if (!name.toPython().equals(".")) {
                path = path.resolve(name);
            }
        }
        String last = path.name().toPython();
        RawPath parent = path.parent();
        if (last.equals(".wh...") || last.equals(".wh....")) {
            throw new BadArchiveException("has a member that removes a file outside of it: " + member.shown());
        }
        if (last.equals(".wh..wh..opq")) {
            return new Opaque(parent);
        }
        if (last.startsWith(".wh..wh.")) {
            return new Ignored();
        }
        return hidden(last)
                .<LayerName>map(name -> new Removed(parent.resolve(name)))
                .orElse(new File(path));
    }

    private static Optional<RawPath> hidden(String last) {
        return last.startsWith(".wh.") && last.length() > 4
                ? Optional.of(RawPath.of(last.substring(4)))
                : Optional.empty();
    }
}
