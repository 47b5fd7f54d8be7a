package dev.freshpyc.indexer.scan;

import dev.freshpyc.core.path.RawPath;
import dev.freshpyc.core.pyc.PycPath;
import dev.freshpyc.core.pyc.PythonVersion;
import dev.freshpyc.indexer.archive.ArchiveMember;
import dev.freshpyc.indexer.archive.ArchiveReading;
import dev.freshpyc.indexer.archive.CentralDirectory;
import dev.freshpyc.indexer.archive.MemberContents;
import dev.freshpyc.indexer.archive.MemberReader;
import dev.freshpyc.indexer.archive.Unpacked;
import dev.freshpyc.indexer.archive.ZipRules;
import dev.freshpyc.indexer.fs.FileContents;
import dev.freshpyc.indexer.fs.FileStat;
import dev.freshpyc.indexer.fs.TreeReader;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A directory in an archive, or the whole archive. Nothing stays open: the archive is opened again for each question about the
 * content of a member.
 *
 * @param at the directory, relative to the entry
 * @param tree of the whole entry
 */
record ArchivePortion(
        PathEntry.Archive entry,
        TreeReader files,
        ZipRules rules,
        CentralDirectory directory,
        MemberTree tree,
        RawPath at)
        implements Portion {

    /** The endings that a module's name may have, in the order of {@code zipimport._zip_searchorder}, but sources first. */
    private static final List<String> ENDINGS = List.of(
            "/__init__" + PycPath.SOURCE_SUFFIX,
            "/__init__" + PycPath.PYC_SUFFIX,
            PycPath.SOURCE_SUFFIX,
            PycPath.PYC_SUFFIX);

    /** The same for a version with the suffix {@code .pyo}, which looks for both suffixes, with {@code -O} and without. */
    private static final List<String> OLD_ENDINGS = List.of(
            "/__init__" + PycPath.SOURCE_SUFFIX,
            "/__init__" + PycPath.PYC_SUFFIX,
            "/__init__" + PycPath.PYO_SUFFIX,
            PycPath.SOURCE_SUFFIX,
            PycPath.PYC_SUFFIX,
            PycPath.PYO_SUFFIX);

    /** The portion that an interpreter of a version finds in an archive; null when this version ignores the archive. */
    static @Nullable Portion open(PathEntry.Archive named, TreeReader files, PythonVersion version) {
        PathEntry.Archive entry = named.canonical();
        if (!(files.openFile(entry.file(), new FileStat())
                instanceof FileContents.Opening.Open(FileContents contents))) {
            return null;
        }
        ZipRules rules = ZipRules.of(version);
        try (contents) {
            return CentralDirectory.read(contents, rules) instanceof ArchiveReading.Listed(CentralDirectory listed)
                    ? new ArchivePortion(
                            entry, files, rules, listed, new MemberTree(listed, entry.inner()), RawPath.EMPTY)
                    : null;
        }
    }

    @Override
    public Portion below(RawPath name) {
        return new ArchivePortion(entry, files, rules, directory, tree, at.resolve(name));
    }

    @Override
    public Set<RawPath> names() {
        return tree.in(at).stream().map(ArchivePortion::stem).collect(Collectors.toSet());
    }

    /** A name up to its first dot. */
    private static RawPath stem(RawPath name) {
        byte[] bytes = name.toBytes();
        int end = 0;
        while (end < bytes.length && bytes[end] != '.') {
            end++;
        }
        return RawPath.of(bytes, 0, end);
    }

    @Override
    public @Nullable RawPath find(RawPath name, Importer importer) {
        return (importer.knowsPyo() ? OLD_ENDINGS : ENDINGS)
                .stream()
                        .map(ending -> ArchiveModules.suffixed(at.resolve(name), ending))
                        .filter(file -> member(file).isPresent())
                        .findFirst()
                        .orElse(null);
    }

    @Override
    public boolean hasDirectory(RawPath name) {
        RawPath below = at.resolve(name);
        return directory.hasDirectory(entry.inner().resolve(below)) || (rules.impliesDirectories() && tree.has(below));
    }

    /** Reads the bytecode of a source, too, since the interpreter may load it. */
    @Override
    public boolean mayExtendPath(RawPath file) {
        if (!(files.openFile(entry.file(), new FileStat())
                instanceof FileContents.Opening.Open(FileContents contents))) {
            return true;
        }
        try (contents;
                MemberReader reader = new MemberReader(contents, rules)) {
            return Stream.of(file, ArchiveModules.suffixed(file, "c"), ArchiveModules.suffixed(file, "o"))
                    .flatMap(name -> member(name).stream())
                    .anyMatch(member -> mentionsPath(reader, member));
        }
    }

    private static boolean mentionsPath(MemberReader reader, ArchiveMember member) {
        return switch (reader.open(member)) {
            case Unpacked.Bytes bytes -> PathMention.isIn(new FileContents.Opening.Open(new MemberContents(bytes)));
            case Unpacked.Streamed(FileContents contents) -> PathMention.isIn(new FileContents.Opening.Open(contents));
            case Unpacked.Damaged _, Unpacked.TooLarge _, Unpacked.OtherMethod _, Unpacked.Unreadable _ -> true;
        };
    }

    private Optional<ArchiveMember> member(RawPath file) {
        return directory.file(entry.inner().resolve(file));
    }

    @Override
    public RawPath shown(RawPath file) {
        return entry.member(file);
    }

    @Override
    public void close() {}
}
