import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.eclipse.packager.rpm.RpmTag;
import org.eclipse.packager.rpm.RpmVersion;
import org.eclipse.packager.rpm.build.BuilderOptions;
import org.eclipse.packager.rpm.build.FileInformation;
import org.eclipse.packager.rpm.build.RpmBuilder;
import org.eclipse.packager.rpm.build.SimpleFileInformationCustomizer;
import org.eclipse.packager.rpm.header.Header;
import org.vafer.jdeb.Console;
import org.vafer.jdeb.DataConsumer;
import org.vafer.jdeb.DebMaker;
import org.vafer.jdeb.shaded.commons.compress.archivers.tar.TarArchiveEntry;
import org.vafer.jdeb.shaded.commons.compress.archivers.tar.TarConstants;
import org.vafer.jdeb.utils.MapVariableResolver;

/**
 * Makes the {@code .deb} and the {@code .rpm} of a distribution. Two runs on the same distribution make the same bytes: the order,
 * times, modes and owners of all files are fixed here, and the AOT caches, which no two training runs make alike, are made when
 * the package is installed.
 *
 * <p>Arguments: the distribution, the directory with the packages' own files, the training tree, the license, version, build
 * time in ISO 8601, directory for the packages, script of the dpkg hook.
 */
final class Packages {
    static final String HOME = "usr/lib/freshpyc-runtime/";
    static final String NAME = "freshpyc";
    static final String SUMMARY = "Validity cache for Python bytecode";
    static final String RPM_DESCRIPTION =
            "Says what Python will do with every bytecode file, proves whether it is right, and"
                    + " repairs it. An index is kept up to date whenever packages with Python libraries come, change or go.";

    /** Tags of file triggers that run once per transaction, from RPM's rpmtag.h; the library has no names for them. */
    static final int SCRIPTS = 5076;

    static final int PROGRAMS = 5077;
    static final int PATHS = 5079;
    static final int INDEXES = 5080;
    static final int VERSIONS = 5081;
    static final int SENSES = 5082;
    static final int PRIORITIES = 5085;

    /** When a trigger runs, from RPM's rpmds.h. */
    static final int INSTALLED = 1 << 16;

    static final int REMOVING = 1 << 17;
    static final int REMOVED = 1 << 18;
    static final int DEFAULT_PRIORITY = 1_000_000;
    static final String[] PYTHON = {"/usr/lib/python", "/usr/lib64/python"};

    /** A file or a symbolic link of a package. */
    sealed interface Item {}

    record Content(byte[] bytes, boolean executable) implements Item {}

    record Link(String target) implements Item {}

    final Path home;
    final Path own;
    final String version;
    final Instant time;

    /** Items by their path without the first slash. */
    final SortedMap<String, Item> items = new TreeMap<>();

    Packages(Path home, Path own, String version, Instant time) {
        this.home = home;
        this.own = own;
        this.version = version;
        this.time = time;
    }

    public static void main(String[] args) throws Exception {
        var packages = new Packages(Path.of(args[0]), Path.of(args[1]), args[4], Instant.parse(args[5]));
        packages.gather(Path.of(args[2]), Path.of(args[3]), Path.of(args[7]));
        var target = Path.of(args[6]);
        packages.deb(target.resolve(NAME + "_" + args[4] + "_" + debArchitecture() + ".deb"));
        packages.rpm(target.resolve(NAME + "-" + args[4] + "-1." + rpmArchitecture() + ".rpm"));
    }

    private void gather(Path training, Path license, Path dpkgHook) throws IOException {
        tree(home.resolve("bin"), HOME + "bin/");
        tree(home.resolve("lib"), HOME + "lib/");
        tree(home.resolve("runtime"), HOME + "runtime/");
        tree(training, HOME + "training/");
        tree(own.resolve("hooks"), HOME + "hooks/");
        var hook = Files.readString(dpkgHook).replace("@program@", "/usr/bin/freshpyc");
        items.put(HOME + "hooks/dpkg", new Content(hook.getBytes(StandardCharsets.UTF_8), true));
        tree(home.resolve("legal"), "usr/share/doc/freshpyc/libraries/");
        tree(home.resolve("share/doc/freshpyc"), "usr/share/doc/freshpyc/");
        tree(own.resolve("systemd"), "usr/lib/systemd/system/");
        items.keySet().removeIf(path -> path.endsWith(".aot"));
        items.put("usr/bin/freshpyc", new Link("../lib/freshpyc-runtime/bin/freshpyc"));
        items.put("usr/share/doc/freshpyc/copyright", new Content(Files.readAllBytes(license), false));
        completion("freshpyc.bash", "usr/share/bash-completion/completions/freshpyc");
        completion("freshpyc.fish", "usr/share/fish/vendor_completions.d/freshpyc.fish");
        for (var page : files(home.resolve("share/man"))) {
            items.put("usr/" + home.relativize(page) + ".gz", new Content(gzip(page), false));
        }
    }

    private void completion(String file, String path) throws IOException {
        items.put(
                path, new Content(Files.readAllBytes(home.resolve("completion").resolve(file)), false));
    }

    private void tree(Path directory, String prefix) throws IOException {
        for (var file : files(directory)) {
            var path = prefix + directory.relativize(file);
            boolean executable = Files.isExecutable(file) || prefix.equals(HOME + "hooks/");
            items.put(
                    path,
                    Files.isSymbolicLink(file)
                            ? new Link(Files.readSymbolicLink(file).toString())
                            : new Content(Files.readAllBytes(file), executable));
        }
    }

    private static List<Path> files(Path directory) throws IOException {
        try (Stream<Path> paths = Files.walk(directory)) {
            return paths.filter(path -> !Files.isDirectory(path)).sorted().toList();
        }
    }

    private static byte[] gzip(Path file) throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var out = new GZIPOutputStream(bytes)) { // writes no time
            Files.copy(file, out);
        }
        return bytes.toByteArray();
    }

    /** All directories above the items: those that only this package has, for RPM. */
    private TreeSet<String> directories() {
        var directories = new TreeSet<String>();
        for (var path : items.keySet()) {
            for (int slash = path.indexOf('/'); slash >= 0; slash = path.indexOf('/', slash + 1)) {
                directories.add(path.substring(0, slash));
            }
        }
        return directories;
    }

    private void deb(Path file) throws Exception {
        items.put("usr/share/zsh/vendor-completions/_freshpyc", zsh());
        var maker = new DebMaker(new Quiet(), List.of(this::produce), List.of());
        maker.setDeb(file.toFile());
        maker.setControl(controlFiles());
        maker.setOutputTimestampMs(time.toEpochMilli());
        maker.setResolver(new MapVariableResolver(Map.of("version", version, "architecture", debArchitecture())));
        maker.setEncoding(StandardCharsets.UTF_8);
        maker.setTarLongFileMode("gnu");
        maker.setCompression("gzip");
        maker.setDepends("");
        maker.makeDeb();
        items.remove("usr/share/zsh/vendor-completions/_freshpyc");
    }

    private File controlFiles() {
        return own.resolve("deb").toFile();
    }

    private void produce(DataConsumer consumer) throws IOException {
        for (var directory : directories()) {
            consumer.onEachDir(entry("./" + directory + "/", TarConstants.LF_DIR, 0755));
        }
        for (var item : items.entrySet()) {
            var path = "./" + item.getKey();
            switch (item.getValue()) {
                case Content content -> {
                    var entry = entry(path, TarConstants.LF_NORMAL, content.executable() ? 0755 : 0644);
                    entry.setSize(content.bytes().length);
                    consumer.onEachFile(new ByteArrayInputStream(content.bytes()), entry);
                }
                case Link link -> {
                    var entry = entry(path, TarConstants.LF_SYMLINK, 0777);
                    entry.setLinkName(link.target());
                    consumer.onEachLink(entry);
                }
            }
        }
    }

    private TarArchiveEntry entry(String path, byte kind, int mode) {
        var entry = new TarArchiveEntry(path, kind, true);
        entry.setMode(mode);
        entry.setUserId(0);
        entry.setGroupId(0);
        entry.setUserName("root");
        entry.setGroupName("root");
        entry.setModTime(time.toEpochMilli());
        return entry;
    }

    private Content zsh() throws IOException {
        return new Content(Files.readAllBytes(home.resolve("completion/_freshpyc")), false);
    }

    private void rpm(Path file) throws Exception {
        items.put("usr/share/zsh/site-functions/_freshpyc", zsh());
        Files.deleteIfExists(file);
        try (var builder =
                new RpmBuilder(NAME, new RpmVersion(version, "1"), rpmArchitecture(), file, new BuilderOptions())) {
            var about = builder.getInformation();
            about.setSummary(SUMMARY);
            about.setDescription(RPM_DESCRIPTION);
            about.setLicense("Apache-2.0");
            about.setBuildHost("localhost");
            about.setGroup("Development/Tools");
            builder.addRequirement("/bin/sh", null);
            var hooks = "/" + HOME + "hooks/";
            builder.setPostInstallationScript(hooks + "caches make\n" + hooks + "rpm all\n");
            builder.setPreRemoveScript("[ $1 -gt 0 ] || " + hooks + "caches remove\n");
            builder.setPostRemoveScript(
                    "[ $1 -gt 0 ] || rm -rf /var/cache/freshpyc /var/lib/freshpyc /var/log/freshpyc.log\n");
            builder.setHeaderCustomizer(header -> {
                header.putInt(RpmTag.BUILDTIME, (int) time.getEpochSecond());
                triggers(header, hooks);
            });
            addTo(builder);
            builder.build();
        }
    }

    private void addTo(RpmBuilder builder) throws IOException {
        var context = builder.newContext();
        for (var directory : directories()) {
            if ((directory + "/").startsWith(HOME) || directory.startsWith("usr/share/doc/freshpyc")) {
                context.addDirectory("/" + directory, owned(0755));
            }
        }
        for (var item : items.entrySet()) {
            var path = "/" + item.getKey();
            switch (item.getValue()) {
                case Content content ->
                    context.addFile(path, content.bytes(), owned(content.executable() ? 0755 : 0644));
                case Link link -> context.addSymbolicLink(path, link.target(), owned(0777));
            }
        }
    }

    private SimpleFileInformationCustomizer owned(int mode) {
        return (FileInformation information) -> {
            information.setTimestamp(time);
            information.setMode((short) mode);
            information.setUser("root");
            information.setGroup("root");
        };
    }

    private static void triggers(Header<RpmTag> header, String hooks) {
        int[] senses = {INSTALLED, REMOVING, REMOVED};
        String[] scripts = {hooks + "rpm installed", hooks + "rpm removing", hooks + "rpm removed"};
        int count = PYTHON.length * senses.length;
        var paths = new String[count];
        var indexes = new int[count];
        var flags = new int[count];
        for (int i = 0; i < count; i++) {
            paths[i] = PYTHON[i / senses.length];
            indexes[i] = i % senses.length;
            flags[i] = senses[i % senses.length];
        }
        header.putStringArray(SCRIPTS, scripts);
        header.putStringArray(PROGRAMS, fill("/bin/sh", senses.length));
        header.putStringArray(PATHS, paths);
        header.putInt(INDEXES, indexes);
        header.putStringArray(VERSIONS, fill("", count));
        header.putInt(SENSES, flags);
        var priorities = new int[senses.length];
        Arrays.fill(priorities, DEFAULT_PRIORITY);
        header.putInt(PRIORITIES, priorities);
    }

    private static String[] fill(String word, int count) {
        var words = new String[count];
        Arrays.fill(words, word);
        return words;
    }

    private static String debArchitecture() {
        return switch (System.getProperty("os.arch")) {
            case "amd64" -> "amd64";
            case "aarch64" -> "arm64";
            case String other -> other;
        };
    }

    private static String rpmArchitecture() {
        return System.getProperty("os.arch").equals("amd64") ? "x86_64" : System.getProperty("os.arch");
    }

    /** Passes on only warnings of jdeb. */
    private static final class Quiet implements Console {
        @Override
        public void debug(String message) {}

        @Override
        public void info(String message) {}

        @Override
        public void warn(String message) {
            System.err.println(message);
        }
    }
}
