package dev.freshpyc.indexer.metadata;

import dev.freshpyc.core.metadata.DistributionTexts;
import dev.freshpyc.core.metadata.DistributionTexts.Text;
import dev.freshpyc.core.metadata.EntryStamp;
import dev.freshpyc.core.metadata.PathEntryMetadata;
import dev.freshpyc.core.path.RawPath;
import dev.freshpyc.indexer.fs.FileContents;
import dev.freshpyc.indexer.fs.FileStat;
import dev.freshpyc.indexer.fs.Listing;
import dev.freshpyc.indexer.fs.Listing.EntryType;
import dev.freshpyc.indexer.fs.OpenDirectory;
import dev.freshpyc.indexer.fs.OpenDirectory.Opening;
import dev.freshpyc.indexer.fs.TreeReader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Reads the distributions in an open directory of a path. Every file is opened from the descriptor of its directory, and the
 * owner of a directory is asked for by its descriptor: another user who replaces a directory by a link between the check and the
 * opening leads this reader nowhere.
 */
final class DistributionDirectory {

    private final TreeReader files;
    private final int most;
    private final Listing distributions;
    private final Listing names;

    /**
     * A reader of directories.
     *
     * @param files opens them
     * @param most a directory with more distributions is refused
     */
    DistributionDirectory(TreeReader files, int most) {
        this.files = files;
        this.most = most;
        this.distributions = files.newListing().withOthers();
        this.names = files.newListing().withOthers();
    }

    /** The stamp of an open directory; empty where the system does not say. */
    Optional<EntryStamp> stamp(OpenDirectory directory) {
        FileStat stat = new FileStat();
        return files.stat(directory, stat) == 0
                ? Optional.of(EntryStamp.ofDirectory(stat.toStamp()))
                : Optional.empty();
    }

    /**
     * The metadata in a path entry, which was not listed before.
     *
     * @param entry with the name that Python knows it by
     */
    PathEntryMetadata read(RawPath entry, OpenDirectory directory) {
        FileStat stat = new FileStat();
        if (files.stat(directory, stat) < 0 || files.list(directory, distributions) < 0) {
            return PathEntryMetadata.EMPTY; // Python ignores a directory that it cannot list
        }
        boolean follows = LinkPolicy.followsIn(stat);
        String entryName = entry.name().toPython();
        List<DistributionTexts> found = new ArrayList<>();
        for (int index = 0; index < distributions.count(); index++) {
            RawPath name = distributions.name(index);
            if (PathEntryMetadata.isMetadata(name.toPython(), entryName)) {
                if (found.size() == most) {
                    return PathEntryMetadata.refused("it has more than " + most + " distributions");
                }
                found.add(distribution(directory, index, name, follows));
            }
        }
        return PathEntryMetadata.of(found);
    }

    private DistributionTexts distribution(OpenDirectory directory, int index, RawPath name, boolean follows) {
        boolean link = distributions.type(index) == EntryType.LINK;
        if (link && !follows) {
            Text refused = new Text.Refused(LinkPolicy.REFUSAL);
            return new DistributionTexts(name.toPython(), true, refused, refused);
        }
        return switch (files.open(directory, name, link)) {
            case Opening.Open(OpenDirectory info) -> {
                try {
                    yield texts(name.toPython(), info, follows);
                } finally {
                    files.close(info);
                }
            }
            case Opening.Refused _ ->
                new DistributionTexts(
                        name.toPython(),
                        true,
                        text(name.toPython(), directory, distributions, index, follows),
                        TextReader.ABSENT);
        };
    }

    private DistributionTexts texts(String name, OpenDirectory info, boolean followsInEntry) {
        FileStat stat = new FileStat();
        if (files.stat(info, stat) < 0 || files.list(info, names) < 0) {
            names.clear();
        }
        boolean follows = followsInEntry && LinkPolicy.followsIn(stat);
        Text metadata = text("METADATA", info, follows);
        if (TextReader.isEmpty(metadata)) {
            metadata = text("PKG-INFO", info, follows);
        }
        return new DistributionTexts(name, true, metadata, text("entry_points.txt", info, follows));
    }

    private Text text(String name, OpenDirectory info, boolean follows) {
        RawPath wanted = RawPath.of(name);
        for (int index = 0; index < names.count(); index++) {
            if (names.name(index).equals(wanted)) {
                return text(name, info, names, index, follows);
            }
        }
        return TextReader.ABSENT;
    }

    private Text text(String shown, OpenDirectory directory, Listing listing, int index, boolean follows) {
        if (!follows && files.isLink(directory, listing, index)) {
            return new Text.Refused(shown + " " + LinkPolicy.REFUSAL);
        }
        return switch (files.openContents(directory, listing, index)) {
            case FileContents.Opening.Refused(int code) -> TextReader.failure(shown, code);
            case FileContents.Opening.Open(FileContents contents) -> {
                try (contents) {
                    yield TextReader.read(shown, contents);
                } catch (IOException failed) {
                    yield new Text.Broken(shown + ": " + failed.getMessage());
                }
            }
        };
    }
}
