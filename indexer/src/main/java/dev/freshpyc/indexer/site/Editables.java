package dev.freshpyc.indexer.site;

import dev.freshpyc.core.path.RawPath;
import dev.freshpyc.core.text.PythonText;
import dev.freshpyc.indexer.site.PathFinding.Oddity;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads the finders that setuptools installs for editable installs (PEP 660): {@code import __editable___name_finder} in a {@code
 * .pth} file, and a module of that name whose {@code MAPPING} is a literal dictionary from modules to directories. The module is
 * read as text and never run.
 */
final class Editables {

    private static final Pattern IMPORTED = Pattern.compile("\\b(__editable___\\w+)");
    private static final Pattern MAPPING = Pattern.compile("^MAPPING\\b[^={]*=\\s*\\{([^}]*)\\}", Pattern.MULTILINE);
    private static final Pattern PAIR = Pattern.compile("'([^'\\\\]+)'\\s*:\\s*'([^'\\\\]+)'");

    private Editables() {}

    /** The mappings of the finder that a line imports. */
    static List<PathFinding> mappings(SiteFiles files, RawPath site, String line) {
        Matcher imported = IMPORTED.matcher(line);
        if (!imported.find()) {
            return List.of();
        }
        RawPath finder = site.resolve(imported.group(1) + ".py");
        Optional<String> source = files.read(finder, SitePath.MAX_FILE).flatMap(PythonText::decode);
        Matcher mapping = MAPPING.matcher(source.orElse(""));
        List<PathFinding> found = new ArrayList<>();
        if (mapping.find()) {
            Matcher pair = PAIR.matcher(mapping.group(1));
            while (pair.find()) {
                found.add(new PathFinding(
                        Oddity.EDITABLE, finder, 0, RawPath.of(pair.group(1) + " from " + pair.group(2))));
            }
        }
        return found;
    }
}
