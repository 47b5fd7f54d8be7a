import java.nio.file.Files;
import java.nio.file.Path;
import net.openhft.chronicle.hash.VanillaGlobalMutableState;
import net.openhft.chronicle.values.ValueModel;

/**
 * Writes the source of the class that Chronicle Map would generate and compile at its first use, so that the build
 * compiles it and the product never does. Asks the library's own generator; no compiler runs here either. The argument is
 * the directory for sources.
 */
void main(String[] args) throws Exception {
    Class<?> type = VanillaGlobalMutableState.class;
    String name = type.getSimpleName() + ValueModel.$$NATIVE;
    var generator = Class.forName("net.openhft.chronicle.values.Generators")
            .getDeclaredMethod("generateNativeClass", ValueModel.class, String.class);
    generator.setAccessible(true);
    String source = (String) generator.invoke(null, ValueModel.acquire(type), name);
    Path file = Path.of(args[0], type.getPackageName().replace('.', '/'), name + ".java");
    Files.createDirectories(file.getParent());
    Files.writeString(file, source.replaceFirst("public class", "@SuppressWarnings(\"rawtypes\")\npublic class"));
}
