package dev.freshpyc.indexer.environment;

import dev.freshpyc.core.path.RawPath;
import dev.freshpyc.core.pyc.KnownInterpreter;
import dev.freshpyc.core.pyc.Magic;
import dev.freshpyc.core.pyc.PythonVersion;
import dev.freshpyc.core.pyc.PythonVersion.Implementation;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The line that {@link ProbeScript} makes an interpreter print.
 *
 * @param words implementation, major, minor, version, magic, tag, program, cache prefix, the modules that it has itself (a line
 *     each, with {@code b} for built in or {@code f} for frozen before the path), {@link InterpreterFacts facts} (a line each, with the
 *     value in hexadecimal), then the entries of {@code sys.path}; all but
 *     major and minor are bytes in hexadecimal
 */
record ProbeAnswer(List<String> words) {

    private static final int PATH_FROM = 10;
    private static final Pattern SPACE = Pattern.compile(" ");

    /**
     * The answer within a program's output, ignoring what {@code site} or a wrapper prints around; empty if no Python ran the
     * script.
     */
    static Optional<ProbeAnswer> within(String output) {
        int closing = output.lastIndexOf(ProbeScript.CLOSING);
        int opening = output.lastIndexOf(ProbeScript.OPENING, closing);
        if (opening < 0 || closing < 0) {
            return Optional.empty();
        }
        return ofLine(output.substring(opening + ProbeScript.OPENING.length(), closing));
    }

    /** The answer that {@link #line} wrote. */
    static Optional<ProbeAnswer> ofLine(String line) {
        List<String> words = List.of(SPACE.split(line, -1));
        return words.size() < PATH_FROM ? Optional.empty() : Optional.of(new ProbeAnswer(words));
    }

    /** The answer as one line of ASCII. */
    String line() {
        return String.join(" ", words);
    }

    PythonEnvironment of(String executable) throws InterpreterException {
        try {
            return new PythonEnvironment(
                    RawPath.of(executable),
                    name(6),
                    interpreter(executable),
                    name(3).shown(),
                    Optional.of(name(7)).filter(prefix -> prefix.length() > 0).map(RawPath::absolute),
                    own('b'),
                    own('f'),
                    InterpreterFacts.of(name(9).toPython().lines().toList()),
                    path());
        } catch (IllegalArgumentException garbled) {
            throw InterpreterException.notPython(executable);
        }
    }

    private KnownInterpreter interpreter(String executable) throws InterpreterException {
        PythonVersion version = new PythonVersion(implementation(executable), number(1), number(2));
        Optional<String> tag = Optional.of(name(5).toPython()).filter(name -> !name.equals(ProbeScript.NO_TAG));
        return new KnownInterpreter(version, tag, magic());
    }

    private Implementation implementation(String executable) throws InterpreterException {
        String name = name(0).toPython();
        return switch (name) {
            case "cpython" -> Implementation.CPYTHON;
            case "pypy" -> Implementation.PYPY;
            case "graalpy", "graalpython" -> Implementation.GRAALPY;
            default -> throw InterpreterException.unknownImplementation(executable, name);
        };
    }

    private Magic magic() {
        byte[] bytes = bytes(words.get(4));
        if (bytes.length != Magic.LENGTH) {
            throw new IllegalArgumentException("a magic number of " + bytes.length + " bytes");
        }
        return new Magic(ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getInt());
    }

    /** The modules that the interpreter has itself, of one kind. */
    private List<RawPath> own(char kind) {
        return name(8).toPython()
                .lines()
                .filter(line -> line.charAt(0) == kind)
                .map(line -> RawPath.of(line.substring(1)))
                .distinct()
                .toList();
    }

    private List<RawPath> path() {
        return words.stream().skip(PATH_FROM).map(ProbeAnswer::name).toList();
    }

    private int number(int word) {
        return Integer.parseInt(words.get(word));
    }

    private RawPath name(int word) {
        return name(words.get(word));
    }

    private static RawPath name(String word) {
        byte[] bytes = bytes(word);
        return RawPath.of(bytes, 0, bytes.length);
    }

    private static byte[] bytes(String word) {
        return HexFormat.of().parseHex(word);
    }
}
