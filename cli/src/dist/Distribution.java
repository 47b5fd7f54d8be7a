import static java.nio.file.StandardCopyOption.REPLACE_EXISTING;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassFile.ClassHierarchyResolverOption;
import java.lang.classfile.ClassFile.ConstantPoolSharingOption;
import java.lang.classfile.ClassFile.StackMapsOption;
import java.lang.classfile.ClassFileVersion;
import java.lang.classfile.ClassHierarchyResolver;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.attribute.ModuleAttribute;
import java.lang.classfile.attribute.ModulePackagesAttribute;
import java.lang.constant.ClassDesc;
import java.lang.constant.ModuleDesc;
import java.lang.constant.PackageDesc;
import java.lang.module.ModuleDescriptor;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.spi.ToolProvider;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.lang.model.SourceVersion;

/**
 * Makes the distribution: one module of the program and its libraries, linked into a runtime, with an AOT cache.
 *
 * <p>Why one module inside the runtime, and not jars beside it: the JVM refuses an AOT cache once the size or mtime of a jar
 * differs from the training run, and {@code cp -r}, an image build or ostree change mtimes. Of the runtime's own module file, the
 * JVM checks only the size, so the build names each cache after a digest of that file, and the launcher asks for the cache of the
 * image that it starts. Libraries that are no modules cannot be linked, hence the merging.
 *
 * <p>Arguments: directory to make, directory with the fixed files, version, further modules for libraries (comma-separated, or
 * {@code -}), class path, date of the build.
 */
final class Distribution {
    static final String MODULE = "dev.freshpyc";

    private static final String LICENSES = "META-INF/licenses/";

    /** The class file that cache-core holds as a resource, for Chronicle Map. */
    static final String GENERATED = "$$Native.bin";

    /** SQLite's native library for this machine's kind, in the jar. The others are left out. */
    static final String SQLITE = "org/sqlite/native/" + system() + "/" + processor() + "/";

    /** The line of the runtime's {@code release} file that names the image; the launcher reads it. */
    static final String IMAGE = "FRESHPYC_IMAGE=";

    /** So many hexadecimal digits of a SHA-256 name an image. */
    static final int IMAGE_DIGITS = 16;

    /** Services that libraries which are no modules look for, though nobody provides them. */
    static final List<String> SOUGHT = List.of("net.openhft.chronicle.core.ChronicleInitRunnable");

    final Path home;
    final Path merged;
    final Path image;
    final Set<String> packages = new TreeSet<>();
    final Set<String> uses = new TreeSet<>();
    final Map<String, Set<String>> provides = new TreeMap<>();

    Distribution(Path home) {
        this.home = home;
        this.merged = home.resolveSibling("merged");
        this.image = home.resolve("runtime");
    }

    public static void main(String[] args) throws Exception {
        var distribution = new Distribution(Path.of(args[0]).toAbsolutePath());
        var fixed = Path.of(args[1]);
        var classPath = Arrays.stream(args[4].split(System.getProperty("path.separator")))
                .map(Path::of)
                .toList();
        delete(distribution.home);
        delete(distribution.merged);
        for (var element : classPath) distribution.merge(element);
        distribution.modernize();
        distribution.writeModuleInfo(args[2], distribution.requiredModules(classPath, args[3]));
        distribution.link();
        var imageName = distribution.nameImage();
        copyTree(fixed.resolve("bin"), distribution.home.resolve("bin"));
        copyTree(fixed.resolve("lib"), distribution.home.resolve("lib"));
        distribution.home.resolve("bin/freshpyc").toFile().setExecutable(true, false);
        distribution.writeDocuments(args[5]);
        distribution.train(fixed.resolve("training"), imageName);
    }

    private static String system() {
        var name = System.getProperty("os.name");
        return name.startsWith("Windows") ? "Windows" : name.startsWith("Mac") ? "Mac" : name;
    }

    private static String processor() {
        var name = System.getProperty("os.arch");
        return name.equals("amd64") ? "x86_64" : name;
    }

    /** Copies a jar or directory into the merged tree; the first of two equal names wins, as on a class path. */
    void merge(Path element) throws IOException {
        if (Files.isDirectory(element)) {
            mergeTree(element, element.getFileName().toString());
        } else {
            try (FileSystem jar = FileSystems.newFileSystem(element, Map.of("releaseVersion", "runtime"))) {
                mergeTree(jar.getPath("/"), element.getFileName().toString());
            }
        }
    }

    private void mergeTree(Path root, String name) throws IOException {
        try (Stream<Path> files = Files.walk(root)) {
            for (Path file : (Iterable<Path>) files.filter(Files::isRegularFile)::iterator) {
                mergeFile(file, root.relativize(file).toString(), name);
            }
        }
    }

    private void mergeFile(Path file, String path, String from) throws IOException {
        if (path.equals("module-info.class")) {
            try (var in = Files.newInputStream(file)) {
                uses.addAll(ModuleDescriptor.read(in).uses());
            }
        } else if (path.endsWith(
                GENERATED)) { // the runtime is one module, which may have the class where the library looks
            var name = file.getFileName().toString().replaceFirst("bin$", "class");
            copy(file, merged.resolve("net/openhft/chronicle/hash").resolve(name));
        } else if (path.startsWith("META-INF/services/") && path.lastIndexOf('/') == "META-INF/services".length()) {
            provide(path.substring("META-INF/services/".length()), Files.readAllLines(file));
        } else if (path.startsWith("org/sqlite/native/")) {
            if (path.startsWith(SQLITE))
                copy(file, home.resolve("lib").resolve(file.getFileName().toString()));
        } else if (path.startsWith(LICENSES)) { // of what the build takes from a library without its jar
            copy(file, home.resolve("legal").resolve(path.substring(LICENSES.length())));
        } else if (path.matches("META-INF/(maven/[^/]+/[^/]+/)?(LICENSE|NOTICE).*")) {
            copy(
                    file,
                    home.resolve("legal")
                            .resolve(from)
                            .resolve(file.getFileName().toString()));
        } else if (!path.matches(
                "META-INF/(versions|maven|native-image)/.*|org/postgresql/translation/.*|META-INF/(MANIFEST.MF|INDEX.LIST|.*\\.(SF|RSA|DSA))|(?!sqlite-jdbc)[^/]*")) {
            copy(file, merged.resolve(path));
            var folder = path.substring(0, Math.max(path.lastIndexOf('/'), 0)).replace('/', '.');
            if (SourceVersion.isName(folder)) packages.add(folder);
        }
    }

    private void provide(String service, List<String> lines) {
        for (var line : lines) {
            var provider = line.replaceFirst("#.*", "").strip();
            if (!provider.isEmpty())
                provides.computeIfAbsent(service, _ -> new LinkedHashSet<>()).add(provider);
        }
    }

    /** Classes without stack maps (picocli is Java 5 bytecode) cannot be in an AOT cache, so they are given some. */
    private void modernize() throws IOException {
        var loader = new URLClassLoader(new URL[] {merged.toUri().toURL()}, null);
        var classFile = ClassFile.of(
                StackMapsOption.GENERATE_STACK_MAPS,
                ConstantPoolSharingOption.NEW_POOL, // a shared pool would let methods through unchanged
                ClassHierarchyResolverOption.of(ClassHierarchyResolver.ofResourceParsing(loader)
                        .orElse(ClassHierarchyResolver.defaultResolver())));
        try (loader;
                Stream<Path> files = Files.walk(merged)) {
            for (Path file :
                    (Iterable<Path>) files.filter(path -> path.toString().endsWith(".class"))::iterator) {
                var model = classFile.parse(file);
                if (model.majorVersion() <= ClassFile.JAVA_6_VERSION) {
                    var dropOld = ClassTransform.dropping(ClassFileVersion.class::isInstance);
                    var setNew = ClassTransform.endHandler(builder -> builder.withVersion(ClassFile.JAVA_8_VERSION, 0));
                    Files.write(file, classFile.transformClass(model, dropOld.andThen(setNew)));
                }
            }
        }
    }

    /** What the project's own classes need, found by jdeps, and what the pom adds for the libraries. */
    private Set<String> requiredModules(List<Path> classPath, String further) {
        var command = new ArrayList<>(List.of("--print-module-deps", "--no-recursive", "--ignore-missing-deps"));
        command.addAll(List.of("--multi-release", "base"));
        command.addAll(
                List.of("--class-path", merged.toString(), merged.resolve("dev").toString()));
        var modules = new TreeSet<>(List.of(tool("jdeps", command).strip().split(",")));
        if (!further.equals("-")) modules.addAll(List.of(further.split(",")));
        System.out.println("modules: " + modules);
        return modules;
    }

    /** An open module: the libraries look into classes by reflection. */
    private void writeModuleInfo(String version, Set<String> required) throws IOException {
        provides.keySet().removeIf(this::isLeftOut);
        uses.removeIf(this::isLeftOut);
        uses.addAll(provides.keySet());
        uses.addAll(SOUGHT);
        var info = ModuleAttribute.of(ModuleDesc.of(MODULE), module -> {
            module.moduleFlags(ClassFile.ACC_OPEN);
            module.moduleVersion(version);
            required.forEach(name ->
                    module.requires(ModuleDesc.of(name), name.equals("java.base") ? ClassFile.ACC_MANDATED : 0, null));
            uses.forEach(service -> module.uses(ClassDesc.of(service)));
            provides.forEach((service, providers) -> module.provides(
                    ClassDesc.of(service), providers.stream().map(ClassDesc::of).toArray(ClassDesc[]::new)));
        });
        var bytes = ClassFile.of()
                .buildModule(
                        info,
                        module -> module.with(ModulePackagesAttribute.ofNames(
                                packages.stream().map(PackageDesc::of).toList())));
        Files.write(merged.resolve("module-info.class"), bytes);
    }

    /** Whether a service belongs to an optional library that is not part of the program. */
    private boolean isLeftOut(String service) {
        return !service.startsWith("java.") && Files.notExists(merged.resolve(service.replace('.', '/') + ".class"));
    }

    private void link() {
        tool(
                "jlink",
                List.of(
                        "--module-path",
                        merged.toString(),
                        "--add-modules",
                        MODULE,
                        "--output",
                        image.toString(),
                        "--strip-java-debug-attributes", // --strip-debug would need objcopy on the machine
                        "--exclude-files", // only javac reads it
                        "glob:/jdk.compiler/lib/ct.sym",
                        "--no-header-files",
                        "--no-man-pages"));
    }

    /** Names the image after its modules and writes the name where the launcher finds it. */
    private String nameImage() throws IOException, NoSuchAlgorithmException {
        var sha256 = MessageDigest.getInstance("SHA-256");
        try (var in = new DigestInputStream(Files.newInputStream(image.resolve("lib/modules")), sha256)) {
            in.transferTo(OutputStream.nullOutputStream());
        }
        var name = HexFormat.of().formatHex(sha256.digest()).substring(0, IMAGE_DIGITS);
        Files.writeString(image.resolve("release"), IMAGE + name + "\n", StandardOpenOption.APPEND);
        return name;
    }

    /** The manual pages and the completion scripts. */
    private void writeDocuments(String date) throws Exception {
        java("-m", MODULE + "/" + MODULE + ".cli.document.GeneratedFiles", home.toString(), date);
    }

    /** Two caches, as the index's library would make every other start slower. */
    private void train(Path tree, String imageName) throws Exception {
        train(tree, imageName, "freshpyc");
        train(tree, imageName, "index");
    }

    private void train(Path tree, String imageName, String cache) throws Exception {
        var lib = home.resolve("lib");
        java(
                "-XX:AOTCacheOutput=" + lib.resolve(cache + "-" + imageName + ".aot"),
                "@" + lib.resolve("java.options"),
                "@" + lib.resolve("training-" + cache + ".options"),
                "-m",
                MODULE + "/" + MODULE + ".cli.Training",
                tree.toString(),
                cache);
    }

    private void java(String... args) throws Exception {
        var command = new ArrayList<>(List.of(image.resolve("bin/java").toString()));
        command.addAll(List.of(args));
        var builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().remove("PYTHONPYCACHEPREFIX"); // the training tree has its bytecode beside its sources
        var process = builder.start();
        var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) throw new IllegalStateException(command + " failed:\n" + output);
    }

    private static String tool(String name, List<String> args) {
        var output = new ByteArrayOutputStream();
        var stream = new PrintStream(output, true, StandardCharsets.UTF_8);
        int code = ToolProvider.findFirst(name).orElseThrow().run(stream, stream, args.toArray(String[]::new));
        var text = output.toString(StandardCharsets.UTF_8);
        if (code != 0) throw new IllegalStateException(name + " " + args + " failed:\n" + text);
        return text;
    }

    private static void copyTree(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : (Iterable<Path>) files.filter(Files::isRegularFile)::iterator) {
                copy(file, to.resolve(from.relativize(file).toString()));
            }
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        Files.createDirectories(to.getParent());
        if (Files.notExists(to)) Files.copy(from, to, REPLACE_EXISTING);
    }

    private static void delete(Path tree) throws IOException {
        if (Files.notExists(tree)) return;
        try (Stream<Path> paths = Files.walk(tree)) {
            for (Path path : paths.sorted(Comparator.reverseOrder()).collect(Collectors.toList())) Files.delete(path);
        }
    }
}
