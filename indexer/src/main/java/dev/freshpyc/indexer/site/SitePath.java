package dev.freshpyc.indexer.site;

import dev.freshpyc.core.path.RawPath;
import dev.freshpyc.core.text.PythonText;
import dev.freshpyc.indexer.site.PathFinding.Oddity;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.SequencedSet;
import java.util.Set;

/**
 * A {@code sys.path} while {@code site.py} extends it: site directories are added one after the other, with the paths in their {@code
 * .pth} files. Since 3.15, the interpreter adds all these paths before it runs any code (PEP 829). The order makes no difference here,
 * where no code is run.
 */
public final class SitePath {

    /** Largest {@code .pth} or {@code .start} file that is read, in bytes. */
    static final int MAX_FILE = 1 << 20;

    /** Largest number of names in a site directory, and of findings. */
    static final int MOST = 1 << 20;

    private static final int MOST_FINDINGS = 10_000;
    private static final String PTH = ".pth";
    private static final String START = ".start";
    private static final String EGG_LINK = ".egg-link";

    private final SiteFiles files;
    private final SiteRules rules;
    private final SequencedSet<RawPath> path = new LinkedHashSet<>();
    private final Set<RawPath> known = new HashSet<>();
    private final Set<RawPath> processed = new HashSet<>();
    private final List<PathFinding> findings = new ArrayList<>();

    /** A path that begins with the entries {@code begin}, made absolute, each once. */
    public SitePath(SiteFiles files, SiteRules rules, List<RawPath> begin) {
        this.files = files;
        this.rules = rules;
        for (RawPath entry : begin) {
            RawPath normal = PythonPaths.normal(entry);
            path.add(normal);
            known.add(normal);
        }
    }

    /** The entries in order. */
    public List<RawPath> entries() {
        return List.copyOf(path);
    }

    /** The findings, in the order in which the interpreter comes to them. */
    public List<PathFinding> findings() {
        return List.copyOf(findings);
    }

    /** Adds a site directory, as {@code site.addsitedir} does. */
    public void addSite(RawPath directory) {
        RawPath site = PythonPaths.normal(directory);
        if (!processed.add(site)) {
            return; // before 3.15, the interpreter reads the files again, but adds no path twice
        }
        if (known.add(site)) {
            path.add(site);
        }
        Optional<List<RawPath>> listed = files.list(site, MOST);
        if (listed.isEmpty()) {
            find(new PathFinding(Oddity.UNREADABLE, site));
            return;
        }
        Set<RawPath> starts = new HashSet<>(rules.startFiles() ? ending(listed.get(), START) : List.of());
        for (RawPath name : ending(listed.get(), PTH)) {
            addPackage(site, name, starts.contains(sibling(name)));
        }
        ending(listed.get(), START).stream().filter(starts::contains).forEach(name -> noteStart(site.resolve(name)));
        ending(listed.get(), EGG_LINK).forEach(name -> noteEggLink(site.resolve(name)));
    }

    private List<RawPath> ending(List<RawPath> names, String suffix) {
        return names.stream()
                .filter(name -> name.endsWith(suffix))
                .filter(name -> !rules.skipsHidden() || name.toBytes()[0] != '.')
                .sorted(PythonPaths.BY_CODE_POINTS)
                .toList();
    }

    private static RawPath sibling(RawPath pth) {
        byte[] bytes = pth.toBytes();
        byte[] name = Arrays.copyOf(bytes, bytes.length - PTH.length());
        String text = RawPath.of(name, 0, name.length).toPython();
        return RawPath.of(text + START);
    }

    private void addPackage(RawPath site, RawPath name, boolean suppressed) {
        RawPath file = site.resolve(name);
        Optional<List<String>> lines = lines(file);
        int number = 0;
        for (String line : lines.orElse(List.of())) {
            if (!addLine(site, new PthLine(file, ++number, line), suppressed)) {
                return;
            }
        }
    }

    /** A line of a {@code .pth} file. */
    private record PthLine(RawPath file, int number, String text) {

        PathFinding finding(Oddity kind, RawPath about) {
            return new PathFinding(kind, file, number, about);
        }
    }

    /** Adds the path in a line, if it has one; returns whether the interpreter goes on with the next line. */
    private boolean addLine(RawPath site, PthLine line, boolean suppressed) {
        String text = rules.isLenient() ? PythonText.strip(line.text()) : line.text();
        if (text.startsWith("#") || PythonText.strip(text).isEmpty()) {
            return true; // a blank line names the site directory itself, or is skipped
        }
        if (text.startsWith("import ") || text.startsWith("import\t")) {
            find(line.finding(suppressed ? Oddity.SUPPRESSED_IMPORT : Oddity.IMPORT_LINE, RawPath.of(text)));
            Editables.mappings(files, site, text).forEach(this::find);
            return true;
        }
        RawPath named = RawPath.of(PythonText.stripRight(text));
        if (text.indexOf('\0') >= 0 && !rules.version().atLeast(3, 8)) {
            find(line.finding(Oddity.BAD_LINE, named)); // os.path.exists raises ValueError
            return false;
        }
        add(line, named, PythonPaths.join(site, named));
        return true;
    }

    private void add(PthLine line, RawPath named, RawPath entry) {
        if (known.contains(entry)) {
            return;
        }
        if (files.exists(entry)) {
            known.add(entry);
            path.add(entry);
            return;
        }
        if (rules.isLenient()) {
            known.add(entry);
        }
        find(line.finding(Oddity.DANGLING, named));
    }

    private Optional<List<String>> lines(RawPath file) {
        Optional<byte[]> content = files.read(file, MAX_FILE);
        if (content.isEmpty()) {
            find(new PathFinding(Oddity.UNREADABLE, file));
            return Optional.empty();
        }
        Optional<String> text = PythonText.decode(content.get());
        if (text.isEmpty()) {
            find(new PathFinding(Oddity.UNDECODABLE, file));
        }
        return text.map(decoded -> rules.utf8()
                ? PythonText.lines(decoded.startsWith("\ufeff") ? decoded.substring(1) : decoded)
                : PythonText.fileLines(decoded));
    }

    private void noteStart(RawPath file) {
        int number = 0;
        for (String line : lines(file).orElse(List.of())) {
            number++;
            String text = PythonText.strip(line);
            if (!text.isEmpty() && !text.startsWith("#")) {
                find(new PathFinding(Oddity.START_ENTRY, file, number, RawPath.of(text)));
            }
        }
    }

    private void noteEggLink(RawPath file) {
        RawPath target = files.read(file, MAX_FILE)
                .flatMap(PythonText::decode)
                .flatMap(text -> PythonText.fileLines(text).stream().findFirst())
                .map(PythonText::strip)
                .map(RawPath::of)
                .orElse(RawPath.EMPTY);
        find(new PathFinding(Oddity.EGG_LINK, file, 0, target));
    }

    private void find(PathFinding finding) {
        if (findings.size() < MOST_FINDINGS) {
            findings.add(finding);
        }
    }
}
