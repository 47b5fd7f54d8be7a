import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import net.openhft.chronicle.hash.VanillaGlobalMutableState;
import net.openhft.chronicle.values.ValueModel;

/**
 * Compiles the class that Chronicle Map would generate and compile at its first use, so that no compiler runs in the product.
 * The source comes from the library's own generator.
 *
 * <p>Arguments: directory for the class file, which ends in {@code .bin}, since the class is in the library's package and not
 * in one of ours: see {@code GeneratedClass}, which defines the class at run time.
 */
void main(String[] args) throws Exception {
    Class<?> type = VanillaGlobalMutableState.class;
    String name = type.getSimpleName() + ValueModel.$$NATIVE;
    var generator = Class.forName("net.openhft.chronicle.values.Generators")
            .getDeclaredMethod("generateNativeClass", ValueModel.class, String.class);
    generator.setAccessible(true);
    String source = (String) generator.invoke(null, ValueModel.acquire(type), name);

    Path classes = Files.createTempDirectory("value-class");
    var options = List.of(
            "-proc:none", "-nowarn", "--release", "25", "-d", classes.toString(), "-cp", System.getProperty("java.class.path"));
    boolean done = ToolProvider.getSystemJavaCompiler()
            .getTask(null, null, null, options, null, List.of(source(name, source)))
            .call();
    if (!done) {
        throw new IllegalStateException(name + " does not compile");
    }
    Path compiled = classes.resolve(type.getPackageName().replace('.', '/'), name + ".class");
    Path target = Path.of(args[0], "dev/freshpyc/core/store/chronicle", name + ".bin");
    Files.createDirectories(target.getParent());
    Files.write(target, Files.readAllBytes(compiled));
    try (var left = Files.walk(classes)) {
        for (Path file : left.sorted(java.util.Comparator.reverseOrder()).toList()) {
            Files.delete(file);
        }
    }
}

JavaFileObject source(String name, String text) {
    return new SimpleJavaFileObject(URI.create("string:///" + name + ".java"), JavaFileObject.Kind.SOURCE) {
        @Override
        public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return text;
        }
    };
}
