package dev.freshpyc.indexer.metadata;

import dev.freshpyc.core.metadata.DistributionTexts;
import dev.freshpyc.core.metadata.DistributionTexts.Text;
import dev.freshpyc.core.path.RawPath;
import dev.freshpyc.indexer.fs.JavaPath;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;

/** The files of a distribution in a directory: a metadata directory, or a single metadata file. */
final class DistributionDirectory {

    private final Path entry;
    private final LinkPolicy links;

    /**
     * The distributions in a directory.
     *
     * @param entry the path entry
     */
    DistributionDirectory(Path entry, LinkPolicy links) {
        this.entry = entry;
        this.links = links;
    }

    /** The texts of the distribution with the metadata directory or file {@code name}. */
    DistributionTexts read(RawPath name) {
        Path info = JavaPath.resolve(entry, name);
        boolean followsInEntry = links.followsIn(entry);
        if (!followsInEntry && Files.isSymbolicLink(info)) {
            Text refused = new Text.Broken(LinkPolicy.REFUSAL);
            return new DistributionTexts(name.toPython(), true, refused, refused);
        }
        if (!Files.isDirectory(info)) {
            Text metadata = text(name.toPython(), info, followsInEntry);
            return new DistributionTexts(name.toPython(), true, metadata, TextReader.ABSENT);
        }
        boolean follows = followsInEntry && links.followsIn(info);
        Text metadata = text("METADATA", info.resolve("METADATA"), follows);
        if (TextReader.isEmpty(metadata)) {
            metadata = text("PKG-INFO", info.resolve("PKG-INFO"), follows);
        }
        Text points = text("entry_points.txt", info.resolve("entry_points.txt"), follows);
        return new DistributionTexts(name.toPython(), true, metadata, points);
    }

    private static Text text(String name, Path file, boolean follows) {
        try {
            BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class, options(follows));
            if (attributes.isSymbolicLink()) {
                return new Text.Broken(name + " " + LinkPolicy.REFUSAL);
            }
            if (attributes.isDirectory()) {
                return TextReader.ABSENT;
            }
            if (!attributes.isRegularFile()) {
                return new Text.Broken(name + " is no regular file");
            }
            return follows
                    ? TextReader.read(name, Files.newByteChannel(file, StandardOpenOption.READ))
                    : TextReader.read(
                            name, Files.newByteChannel(file, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS));
        } catch (IOException failed) {
            return TextReader.failure(name, failed);
        }
    }

    private static LinkOption[] options(boolean follows) {
        return follows ? new LinkOption[0] : new LinkOption[] {LinkOption.NOFOLLOW_LINKS};
    }
}
