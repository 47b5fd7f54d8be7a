package dev.freshpyc.indexer.site;

import dev.freshpyc.core.path.RawPath;
import dev.freshpyc.core.text.PythonText;
import java.util.Locale;
import java.util.Optional;

/**
 * The {@code pyvenv.cfg} of a virtual environment (PEP 405).
 *
 * @param file its path
 * @param home the directory of the interpreter that the environment was made from; empty where the file names none
 * @param systemSite whether the packages of that interpreter are on the path, too; true where the file has no such key
 * @param implementation such as {@code PyPy}, as some tools write it; empty where the file does not say
 * @param version {@code version} or {@code version_info}, such as {@code 3.11.7}; empty where the file does not say
 */
public record VenvConfig(
        RawPath file,
        Optional<RawPath> home,
        boolean systemSite,
        Optional<String> implementation,
        Optional<String> version) {

    static final int MAX_SIZE = 64 * 1024;

    static final String NAME = "pyvenv.cfg";

    /** The file of an executable: beside it, or in the directory above. */
    static Optional<VenvConfig> of(SiteFiles files, RawPath executable) {
        RawPath directory = executable.parent();
        RawPath beside = directory.resolve(NAME);
        RawPath above = directory.parent().resolve(NAME);
        return files.isFile(beside) ? read(files, beside) : files.isFile(above) ? read(files, above) : Optional.empty();
    }

    private static Optional<VenvConfig> read(SiteFiles files, RawPath file) {
        return files.read(file, MAX_SIZE).flatMap(PythonText::decode).map(text -> parse(file, text));
    }

    private static VenvConfig parse(RawPath file, String text) {
        Optional<RawPath> home = Optional.empty();
        boolean system = true;
        Optional<String> implementation = Optional.empty();
        Optional<String> version = Optional.empty();
        for (String line : PythonText.fileLines(text)) {
            int equals = line.indexOf('=');
            if (equals >= 0) {
                String value = PythonText.strip(line.substring(equals + 1));
                switch (PythonText.strip(line.substring(0, equals)).toLowerCase(Locale.ROOT)) {
                    case "home" -> home = Optional.of(RawPath.of(value));
                    case "include-system-site-packages" ->
                        system = value.toLowerCase(Locale.ROOT).equals("true");
                    case "implementation" -> implementation = Optional.of(value);
                    case "version", "version_info" -> version = Optional.of(value);
                    default -> {
                        // Other keys are for people and tools.
                    }
                }
            }
        }
        return new VenvConfig(file, home.filter(RawPath::isAbsolute), system, implementation, version);
    }
}
