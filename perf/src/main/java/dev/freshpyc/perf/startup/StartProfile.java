package dev.freshpyc.perf.startup;

import dev.freshpyc.core.plan.ModuleProfile;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * The modules whose bytecode a command's start uses, until its first answer.
 *
 * @param modules dotted names, as {@code --only} reads them; {@code pip.__main__} for the module that {@code -m pip} runs
 * @param bytes size of their pycs
 * @param entries the directories on the path that the modules come from
 * @param endings of the names of their pycs, from the tag
 */
public record StartProfile(SortedSet<String> modules, long bytes, Set<Path> entries, Set<String> endings) {

    /** Bounds the walk through the entries, which may hold a whole home directory. */
    private static final int MAX_FILES = 2_000_000;

    private static final List<String> PACKAGES = List.of("site-packages", "dist-packages");
    private static final String CACHE = "__pycache__";
    private static final String INIT = "__init__";

    public StartProfile {
        modules = Collections.unmodifiableSortedSet(new TreeSet<>(modules));
        entries = Set.copyOf(entries);
        endings = Set.copyOf(endings);
    }

    /**
     * The profile of the pycs that the command's interpreters wrote.
     *
     * @param imported names that they reported as imported; a pyc of another module was run, as {@code -m} does
     */
    static StartProfile of(List<PreparedPyc> pycs, Collection<String> imported) throws IOException {
        Map<String, Path> files = new HashMap<>();
        imported.stream().filter(ModuleProfile::isName).forEach(name -> files.put(name, file(name)));
        Map<Path, String> names = new HashMap<>();
        files.forEach((name, file) -> names.put(file, name));
        SortedSet<String> modules = new TreeSet<>();
        Set<Path> entries = new HashSet<>();
        Set<String> endings = new HashSet<>();
        long bytes = 0;
        for (PreparedPyc pyc : pycs) {
            bytes += Files.size(pyc.compiled());
            endings.add(pyc.ending());
            Path module = module(pyc.source());
            String name = name(module, names);
            if (ModuleProfile.isName(name)) {
                modules.add(name);
                Path entry = module;
                for (int parts = name.split("\\.").length; parts > 0 && entry.getParent() != null; parts--) {
                    entry = entry.getParent();
                }
                entries.add(entry);
            }
        }
        return new StartProfile(modules, bytes, entries, endings);
    }

    /**
     * Bytes of all pycs with these endings that lie below the entries now. A {@code site-packages} below the standard
     * library counts only if it is an entry itself: in a virtual environment, no import finds it.
     */
    public long bytesOfAll() throws IOException {
        Map<Path, Long> sizes = new HashMap<>();
        for (Path entry : entries) {
            Files.walkFileTree(entry, new SimpleFileVisitor<>() {
                private int left = MAX_FILES;

                @Override
                public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) {
                    boolean ofPackages = PACKAGES.stream().anyMatch(directory::endsWith);
                    return ofPackages && !entries.contains(directory)
                            ? FileVisitResult.SKIP_SUBTREE
                            : FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                    Path parent = file.getParent();
                    if (attributes.isRegularFile()
                            && parent != null
                            && parent.endsWith(CACHE)
                            && endings.stream()
                                    .anyMatch(ending -> file.toString().endsWith(ending))) {
                        sizes.put(file, attributes.size());
                    }
                    return --left > 0 ? FileVisitResult.CONTINUE : FileVisitResult.TERMINATE;
                }

                @Override
                public FileVisitResult visitFileFailed(Path file, IOException unreadable) {
                    return FileVisitResult.CONTINUE;
                }
            });
        }
        return sizes.values().stream().mapToLong(Long::longValue).sum();
    }

    /** The longest imported name that the file ends with, else the name that the packages above the file give. */
    private static String name(Path module, Map<Path, String> imported) {
        int count = module.getNameCount();
        for (int from = 0; from < count; from++) {
            String known = imported.get(module.subpath(from, count));
            if (known != null) {
                return known;
            }
        }
        StringBuilder name = new StringBuilder(String.valueOf(module.getFileName()));
        for (Path up = module.getParent();
                up != null && Files.isRegularFile(up.resolve(INIT + ".py"));
                up = up.getParent()) {
            name.insert(0, up.getFileName() + ".");
        }
        return name.toString();
    }

    private static Path file(String name) {
        return Path.of(name.replace('.', '/'));
    }

    /** The source without its ending; the directory for the source of a package. */
    private static Path module(Path source) {
        String file = source.toString();
        Path module = Path.of(file.substring(0, file.length() - ".py".length()));
        Path parent = module.getParent();
        return module.endsWith(INIT) && parent != null ? parent : module;
    }
}
