package dev.freshpyc.indexer.scan;

import dev.freshpyc.core.observe.Observation.Placement;
import dev.freshpyc.core.path.RawPath;
import dev.freshpyc.core.pyc.PycPath;
import dev.freshpyc.indexer.fs.FileStat;
import dev.freshpyc.indexer.fs.Listing;
import dev.freshpyc.indexer.fs.Listing.EntryType;
import dev.freshpyc.indexer.fs.OpenDirectory;
import dev.freshpyc.indexer.fs.TreeReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Finds the files that an import prefers to the source of a name ({@code importlib._bootstrap_external.FileFinder.find_spec}, {@code
 * find_module} of Python 2.7): a package directory, then extension modules. Most names are decided by the listing alone. The system is
 * asked only where a directory or an extension module has the name of a source, or a module has the name of a directory. Reused for
 * each directory.
 */
final class FinderOrder {

    private static final RawPath INIT_SOURCE = RawPath.of("__init__.py");
    private static final String INIT = "__init__";
    private static final int FIRST_PLAIN = Integer.MAX_VALUE - 2;
    private static final int NO_RANK = Integer.MAX_VALUE;
    private static final Listing NO_NAMES = Listing.empty();
    private static final byte[] OLD_ENDING = {'m', 'o', 'd', 'u', 'l', 'e', '.', 's', 'o'};

    private final TreeReader files;
    private final SourceTable sources;
    private final SourceTable bytecode = SourceTable.ofBytecode(PycPath.PYC_SUFFIX);
    private final SourceTable optimized = SourceTable.ofBytecode(PycPath.PYO_SUFFIX);
    private final SourceTable sourceDirectories = SourceTable.ofDirectories();
    private final Listing inside;
    private final FileStat stat = new FileStat();
    private @Nullable DirectoryNode node;
    private @Nullable OpenDirectory directory;
    private Listing names = NO_NAMES;

    private int[] candidates = new int[16];
    private int[] stemEnds = new int[16];
    private int[] next = new int[16];
    private int[] slotOf = new int[16];
    private int[] slots = new int[32];
    private int count;

    /** @param sources finds the sources of the listing that was entered */
    FinderOrder(TreeReader files, SourceTable sources) {
        this.files = files;
        this.sources = sources;
        this.inside = files.newListing();
    }

    /** Begins the next directory; {@code listing} must not change meanwhile. */
    void enter(DirectoryNode nextNode, @Nullable OpenDirectory nextDirectory, Listing listing) {
        node = nextNode;
        directory = nextDirectory;
        names = listing;
        for (int candidate = 0; candidate < count; candidate++) {
            slots[slotOf[candidate]] = 0;
        }
        count = 0;
        boolean anyBytecode = false;
        boolean anyOptimized = false;
        boolean anyDirectory = false;
        for (int index = 0; index < listing.count(); index++) {
            EntryType type = listing.type(index);
            byte last = listing.bytes()[listing.end(index) - 1];
            anyBytecode |= type == EntryType.PYC && last == 'c';
            anyOptimized |= type == EntryType.PYC && last == 'o';
            anyDirectory |= type == EntryType.DIRECTORY && last == 'y';
            if (type != EntryType.SOURCE && type != EntryType.PYC) {
                addCandidate(index, type);
            }
        }
        bytecode.fill(anyBytecode ? listing : NO_NAMES);
        optimized.fill(anyOptimized ? listing : NO_NAMES);
        sourceDirectories.fill(anyDirectory ? listing : NO_NAMES);
        @Nullable TakenName taken = nextNode.taken();
        if (taken != null) {
            taken.setInits(inits());
        }
    }

    /** The suffix of each regular file whose name begins with {@code __init__}. */
    private List<String> inits() {
        List<String> suffixes = new ArrayList<>();
        byte[] init = INIT.getBytes(StandardCharsets.US_ASCII);
        for (int index = 0; index < names.count(); index++) {
            int start = names.start(index);
            int end = Math.min(names.end(index), start + init.length);
            if (names.type(index) != EntryType.DIRECTORY
                    && Arrays.equals(names.bytes(), start, end, init, 0, init.length)
                    && isFile(Objects.requireNonNull(directory), names, index)) {
                suffixes.add(RawPath.of(names.bytes(), end, names.end(index)).toPython());
            }
        }
        return suffixes;
    }

    /**
     * The modules that an import may find in place of everything in the directory of the name {@code bytes[from, to)}; null when there
     * are none.
     */
    @Nullable
    TakenName takenBelow(byte[] bytes, int from, int to) {
        List<TakenName.Module> modules = modules(bytes, from, to, true);
        RawPath name = RawPath.of(bytes, from, to);
        @Nullable TakenName above = taken();
        @Nullable FoundElsewhere elsewhere = elsewhere();
        boolean elsewhereToo = elsewhere != null && elsewhere.hasDirectory(name);
        return above == null && modules.isEmpty() && !elsewhereToo
                ? null
                : new TakenName(above, name, elsewhereToo ? elsewhere : null, modules);
    }

    /**
     * The modules in the directory that have the same name {@code bytes[from, to)} as a directory in it.
     *
     * @param sealed whether to leave out a module that may give itself a search path, since imports may reach the directory by it
     */
    List<TakenName.Module> modules(byte[] bytes, int from, int to, boolean sealed) {
        List<TakenName.Module> modules = List.of();
        if (indexOf(bytes, from, to, '.') < to) {
            return modules; // no import can name it
        }
        modules = addModule(sources.find(bytes, from, to), to - from, modules, sealed);
        modules = addModule(bytecode.find(bytes, from, to), to - from, modules, sealed);
        modules = addModule(optimized.find(bytes, from, to), to - from, modules, sealed);
        for (int at = first(bytes, from, to); at != 0; at = next[at - 1]) {
            int index = candidates[at - 1];
            if (isStem(at - 1, bytes, from, to) && stemEnds[at - 1] != names.end(index)) {
                modules = addModule(index, to - from, modules, sealed);
            }
        }
        return modules;
    }

    private List<TakenName.Module> addModule(int index, int stem, List<TakenName.Module> modules, boolean sealed) {
        OpenDirectory open = Objects.requireNonNull(directory);
        if (index < 0
                || !isFile(open, names, index)
                || (sealed && PathMention.isIn(files.openContents(open, names, index)))) {
            return modules;
        }
        String suffix = RawPath.of(names.bytes(), names.start(index) + stem, names.end(index))
                .toPython();
        List<TakenName.Module> more = new ArrayList<>(modules);
        more.add(new TakenName.Module(suffix, relative(names.name(index))));
        return more;
    }

    /** The source of a name, or the bytecode that is imported in its place; null when neither is a regular file. */
    @Nullable
    RawPath plain(byte[] stem, Importer importer) {
        OpenDirectory open = Objects.requireNonNull(directory);
        SourceTable second = importer.bytecodeSuffix().equals(PycPath.PYO_SUFFIX) ? optimized : bytecode;
        for (SourceTable table : List.of(sources, sourceDirectories, second)) {
            int index = table.find(stem, 0, stem.length);
            if (index >= 0 && isFile(open, names, index, importer)) {
                return names.name(index);
            }
        }
        return null;
    }

    /** The index of the directory that has the name of a stem's source; −1 when there is none. */
    int sourceDirectory(byte[] bytes, int from, int to) {
        return sourceDirectories.find(bytes, from, to);
    }

    private RawPath relative(RawPath name) {
        return Objects.requireNonNull(node).relative().resolve(name);
    }

    private @Nullable FoundElsewhere elsewhere() {
        return node == null ? null : node.elsewhere();
    }

    private @Nullable TakenName taken() {
        return node == null ? null : node.taken();
    }

    /** Whether an import may find anything before the source of a stem. */
    boolean mayHide(byte[] bytes, int from, int to) {
        return taken() != null || elsewhere() != null || (count > 0 && first(bytes, from, to) != 0);
    }

    /** The file that hides a source from the interpreter of an expected pyc; null when none does. */
    @Nullable
    Hider hiderOf(int source, Importer importer) {
        return find(names.bytes(), names.start(source), names.end(source) - PycPath.SOURCE_SUFFIX.length(), importer);
    }

    /** The file that an interpreter finds before the source {@code stem.py}; null when the interpreter finds the source. */
    @Nullable
    Hider find(byte[] bytes, int from, int to, Importer importer) {
        @Nullable TakenName taken = taken();
        @Nullable Hider above = taken == null ? null : taken.find(importer);
        @Nullable FoundElsewhere elsewhere = above == null ? elsewhere() : null;
        if (elsewhere != null) {
            above = elsewhere.module(bytes, from, to, importer);
        }
        if (above != null || count == 0) {
            return above;
        }
        int first = first(bytes, from, to);
        for (int at = first; at != 0; at = next[at - 1]) {
            @Nullable Hider hider = isStem(at - 1, bytes, from, to) ? packageAt(at - 1, importer) : null;
            if (hider != null) {
                return hider;
            }
        }
        return extension(first, bytes, from, to, importer);
    }

    private @Nullable Hider packageAt(int candidate, Importer importer) {
        int index = candidates[candidate];
        RawPath name = names.name(index);
        if (stemEnds[candidate] != names.end(index)
                || name.equals(RawPath.of(INIT))
                || !(files.open(Objects.requireNonNull(directory), name, names.type(index) == EntryType.LINK)
                        instanceof OpenDirectory.Opening.Open(OpenDirectory open))) {
            return null;
        }
        try {
            inside.clear();
            @Nullable RawPath init = files.list(open, inside) < 0 ? null : init(open, importer);
            return init == null ? null : new Hider(Placement.HIDDEN_BY_PACKAGE, relative(name.resolve(init)));
        } finally {
            files.close(open);
        }
    }

    /**
     * The file that a package is imported from; null when the directory is no package. Versions before 3.3 take an extension module
     * only where a source or bytecode makes the directory a package.
     */
    private @Nullable RawPath init(OpenDirectory open, Importer importer) {
        @Nullable RawPath found = null;
        int best = NO_RANK;
        boolean complete = importer.version().isEmpty() || importer.importsExtensionInit();
        for (int index = 0; index < inside.count(); index++) {
            int rank = initRank(inside.name(index), importer);
            if (rank < best && isFile(open, inside, index, importer)) {
                best = rank;
                found = inside.name(index);
            }
            complete |= rank >= FIRST_PLAIN && rank < NO_RANK && isFile(open, inside, index, importer);
        }
        return complete ? found : null;
    }

    private static int initRank(RawPath name, Importer importer) {
        if (name.equals(INIT_SOURCE)) {
            return FIRST_PLAIN;
        }
        String text = name.toPython();
        if (!text.startsWith(INIT)) {
            return NO_RANK;
        }
        String suffix = text.substring(INIT.length());
        return suffix.equals(importer.bytecodeSuffix())
                ? FIRST_PLAIN + 1
                : importer.extensionRank(suffix).orElse(NO_RANK);
    }

    private @Nullable Hider extension(int first, byte[] bytes, int from, int to, Importer importer) {
        @Nullable Hider found = null;
        int best = NO_RANK;
        for (int at = first; at != 0; at = next[at - 1]) {
            int index = candidates[at - 1];
            if (isStem(at - 1, bytes, from, to) && stemEnds[at - 1] != names.end(index)) {
                String suffix = RawPath.of(names.bytes(), stemEnds[at - 1], names.end(index))
                        .toPython();
                int rank = importer.extensionRank(suffix).orElse(NO_RANK);
                if (rank < best && isFile(Objects.requireNonNull(directory), names, index, importer)) {
                    best = rank;
                    found = new Hider(Placement.HIDDEN_BY_EXTENSION, relative(names.name(index)));
                }
            }
        }
        return found;
    }

    /** Whether an import may find the file: a regular file, or whatever else an old version opens. */
    private boolean isFile(OpenDirectory open, Listing listing, int index, Importer importer) {
        int code = files.stat(open, listing, index, stat);
        return code >= 0 && (stat.type() == FileStat.FileType.REGULAR || importer.opensAnyFile());
    }

    private boolean isFile(OpenDirectory open, Listing listing, int index) {
        return files.stat(open, listing, index, stat) >= 0 && stat.type() == FileStat.FileType.REGULAR;
    }

    /**
     * Adds a name: a directory under its whole name, an extension module under the part before its suffix. Python 2.7 takes even a
     * directory for an extension module.
     */
    private void addCandidate(int index, EntryType type) {
        byte[] bytes = names.bytes();
        int start = names.start(index);
        int end = names.end(index);
        int dot = indexOf(bytes, start, end, '.');
        boolean extension = EntryType.of(bytes, start, end, false, false) == EntryType.EXTENSION;
        if (dot == start || (type == EntryType.DIRECTORY && dot < end && !extension)) {
            return; // no import can name it
        }
        put(index, start, dot);
        int oldEnd = end - OLD_ENDING.length;
        if (oldEnd > start && dot == end - 3 && Arrays.equals(bytes, oldEnd, end, OLD_ENDING, 0, OLD_ENDING.length)) {
            put(index, start, oldEnd);
        }
    }

    private static int indexOf(byte[] bytes, int from, int to, char wanted) {
        int at = from;
        while (at < to && bytes[at] != wanted) {
            at++;
        }
        return at;
    }

    private void put(int index, int start, int stemEnd) {
        if (count == candidates.length) {
            grow();
        }
        candidates[count] = index;
        stemEnds[count] = stemEnd;
        link(count, start);
        count++;
    }

    private void link(int candidate, int start) {
        int slot = slot(names.bytes(), start, stemEnds[candidate]);
        slotOf[candidate] = slot;
        next[candidate] = slots[slot];
        slots[slot] = candidate + 1;
    }

    private void grow() {
        candidates = Arrays.copyOf(candidates, count * 2);
        stemEnds = Arrays.copyOf(stemEnds, count * 2);
        next = new int[count * 2];
        slotOf = new int[count * 2];
        slots = new int[count * 4];
        for (int candidate = 0; candidate < count; candidate++) {
            link(candidate, names.start(candidates[candidate]));
        }
    }

    /** The first candidate with a stem, counted from 1; 0 when there is none. */
    private int first(byte[] bytes, int from, int to) {
        int at = slots[slot(bytes, from, to)];
        while (at != 0 && !isStem(at - 1, bytes, from, to)) {
            at = next[at - 1];
        }
        return at;
    }

    private boolean isStem(int candidate, byte[] bytes, int from, int to) {
        int start = names.start(candidates[candidate]);
        return Arrays.equals(names.bytes(), start, stemEnds[candidate], bytes, from, to);
    }

    private int slot(byte[] bytes, int from, int to) {
        int hash = 0;
        for (int i = from; i < to; i++) {
            hash = hash * 31 + bytes[i];
        }
        return (hash ^ hash >>> 15) & (slots.length - 1);
    }
}
