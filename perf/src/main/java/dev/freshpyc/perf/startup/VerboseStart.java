package dev.freshpyc.perf.startup;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * What the lines of {@code -v} tell about one start.
 *
 * @param modules where each module was loaded from, by its name
 * @param python the version of the interpreter; empty where it is not told
 */
record VerboseStart(Map<String, ModuleSource> modules, Optional<String> python) {

    /** A name as {@code repr} gives it: in double quotes where it has an apostrophe. CPython 2 gives none. */
    private static final String NAME = "(?:'([^']+)'|\"([^\"]+)\"|(\\S+))";

    private static final int AFTER_NAME = 4;

    private static final Pattern IMPORT = Pattern.compile("import " + NAME + " # (.*)");
    private static final Pattern VALID = Pattern.compile("# ['\"]?/.*\\.pyc['\"]? matches ['\"]?(/.*)\\.py['\"]?");
    private static final Pattern CODE = Pattern.compile("# code object from ['\"]?(/.*)\\.(pyc?)['\"]?");
    private static final Pattern EXTENSION =
            Pattern.compile("# extension module " + NAME + " loaded from ['\"](/.*)['\"]");
    private static final Pattern ZIP = Pattern.compile("<zipimporter object \"(/[^\"\\x00]*)\">");
    private static final Pattern VERSION = Pattern.compile("Python (\\d+\\.\\d+\\.\\d+\\S*) .*");

    VerboseStart {
        modules = Map.copyOf(modules);
    }

    /** Whether a line may tell something about modules or the interpreter. */
    static boolean isReport(String line) {
        return line.startsWith("# ")
                || line.startsWith("import ")
                || VERSION.matcher(line).matches();
    }

    /**
     * A file whose code was read for a module that is not imported yet.
     *
     * @param module the path without its ending; that of the directory for a package. The name of a pyc in {@code __pycache__} ends
     *     like no module: the line before it names its source.
     */
    private record Code(String module, boolean compiled) {}

    static VerboseStart of(List<String> lines) {
        List<Code> open = new ArrayList<>();
        Map<String, String> extensions = new HashMap<>();
        Map<String, ModuleSource> modules = new HashMap<>();
        Optional<String> python = Optional.empty();
        for (String line : lines) {
            code(line).ifPresent(open::add);
            Matcher extension = EXTENSION.matcher(line);
            if (extension.matches()) {
                extensions.put(name(extension), extension.group(AFTER_NAME));
            }
            Matcher imported = IMPORT.matcher(line);
            if (imported.matches()) {
                String module = name(imported);
                modules.put(module, source(module, imported.group(AFTER_NAME), open, extensions));
            }
            Matcher version = VERSION.matcher(line);
            if (version.matches() && python.isEmpty()) {
                python = Optional.of(version.group(1));
            }
        }
        return new VerboseStart(modules, python);
    }

    /** What a pattern that begins with {@link #NAME} has found as the name. */
    private static String name(Matcher found) {
        return IntStream.range(1, AFTER_NAME)
                .mapToObj(found::group)
                .filter(Objects::nonNull)
                .findFirst()
                .orElse("");
    }

    ModuleSource source(String module) {
        return modules.getOrDefault(module, ModuleSource.UNKNOWN);
    }

    private static Optional<Code> code(String line) {
        Matcher valid = VALID.matcher(line);
        if (valid.matches()) {
            return Optional.of(new Code(module(valid.group(1)), false));
        }
        Matcher code = CODE.matcher(line);
        return code.matches()
                ? Optional.of(new Code(module(code.group(1)), code.group(2).equals("py")))
                : Optional.empty();
    }

    private static ModuleSource source(String module, String loader, List<Code> open, Map<String, String> extensions) {
        if (loader.contains("SourceFileLoader")) {
            return ofCode(module, open);
        }
        ModuleOrigin origin = ModuleOrigin.of(loader);
        return switch (origin) {
            case ZIP -> new ModuleSource(origin, zip(loader));
            case EXTENSION -> new ModuleSource(origin, extension(module, extensions.get(module)));
            case SOURCELESS -> new ModuleSource(origin, ofCode(module, open).place());
            default -> new ModuleSource(origin, "");
        };
    }

    /** The last code that was read for a module of this name: imports end in the opposite order of their beginnings. */
    private static ModuleSource ofCode(String module, List<Code> open) {
        String ending = ending(module);
        for (int i = open.size() - 1; i >= 0; i--) {
            Code code = open.get(i);
            if (code.module().endsWith(ending)) {
                open.remove(i);
                return new ModuleSource(
                        code.compiled() ? ModuleOrigin.COMPILED : ModuleOrigin.LOADED, entry(code.module(), ending));
            }
        }
        return new ModuleSource(ModuleOrigin.LOADED, "");
    }

    private static String extension(String module, @Nullable String file) {
        String ending = ending(module);
        if (file == null) {
            return "";
        }
        int name = file.lastIndexOf('/');
        int dot = file.indexOf('.', name);
        String known = module(dot < 0 ? file : file.substring(0, dot));
        return known.endsWith(ending) ? entry(known, ending) : "";
    }

    /** The zip file itself: a loader also names the directory inside of it. */
    private static String zip(String loader) {
        Matcher named = ZIP.matcher(loader);
        if (!named.matches()) {
            return "";
        }
        for (@Nullable Path path = Path.of(named.group(1)); path != null; path = path.getParent()) {
            if (Files.isRegularFile(path)) {
                return path.toString();
            }
        }
        return named.group(1);
    }

    private static String ending(String module) {
        return "/" + module.replace('.', '/');
    }

    private static String entry(String file, String ending) {
        return file.length() == ending.length() ? "/" : file.substring(0, file.length() - ending.length());
    }

    private static String module(String file) {
        String init = "/__init__";
        return file.endsWith(init) ? file.substring(0, file.length() - init.length()) : file;
    }
}
