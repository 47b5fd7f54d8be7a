package dev.freshpyc.indexer.metadata;

import dev.freshpyc.core.metadata.DistributionTexts;
import dev.freshpyc.core.metadata.DistributionTexts.Text;
import dev.freshpyc.core.metadata.PathEntryMetadata;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.Serial;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Enumeration;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.jspecify.annotations.Nullable;

/** The distributions in a zip file on the path: an egg, a wheel or a zip application. */
final class DistributionArchive {

    /** Archives with more members are refused. */
    private static final int MAX_MEMBERS = 1_000_000;

    private final ZipFile archive;
    private final Map<String, ZipEntry> members = new HashMap<>();
    private final Set<String> top = new LinkedHashSet<>();

    private static final class TooManyMembersException extends IOException {
        @Serial
        private static final long serialVersionUID = 1;
    }

    private DistributionArchive(ZipFile archive) throws TooManyMembersException {
        this.archive = archive;
        Enumeration<? extends ZipEntry> all = archive.entries();
        while (all.hasMoreElements()) {
            ZipEntry member = all.nextElement();
            String name = member.getName();
            members.put(name, member);
            top.add(name.substring(0, name.indexOf('/') < 0 ? name.length() : name.indexOf('/')));
            if (members.size() > MAX_MEMBERS) {
                throw new TooManyMembersException();
            }
        }
    }

    /**
     * The metadata of all distributions, in the order of the central directory; none for a file that is no archive, which Python
     * ignores.
     */
    static PathEntryMetadata read(File file, String entryName) {
        List<DistributionTexts> found = new ArrayList<>();
        try (ZipFile archive = new ZipFile(file, ZipFile.OPEN_READ, StandardCharsets.ISO_8859_1)) {
            DistributionArchive reading = new DistributionArchive(archive);
            for (String name : reading.top) {
                if (PathEntryMetadata.isMetadata(name, entryName)) {
                    found.add(reading.distribution(name));
                }
            }
            return PathEntryMetadata.of(found);
        } catch (TooManyMembersException refused) {
            return PathEntryMetadata.refused("it has more than " + MAX_MEMBERS + " members");
        } catch (IOException _) {
            return PathEntryMetadata.EMPTY;
        }
    }

    private DistributionTexts distribution(String name) {
        if (members.containsKey(name)) {
            // Python looks for the metadata inside of the file, and finds none.
            return new DistributionTexts(name, true, TextReader.ABSENT, TextReader.ABSENT);
        }
        Text metadata = text("METADATA", name + "/METADATA");
        if (TextReader.isEmpty(metadata)) {
            metadata = text("PKG-INFO", name + "/PKG-INFO");
        }
        return new DistributionTexts(name, false, metadata, text("entry_points.txt", name + "/entry_points.txt"));
    }

    private Text text(String shown, String name) {
        @Nullable ZipEntry member = members.get(name);
        if (member == null) {
            return TextReader.ABSENT;
        }
        try (InputStream in = archive.getInputStream(member)) {
            return TextReader.read(shown, in);
        } catch (IOException damaged) {
            return new Text.Broken(shown + ": " + damaged.getMessage());
        }
    }
}
