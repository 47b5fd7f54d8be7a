package dev.freshpyc.cli.option;

import dev.freshpyc.core.path.EnvironmentVariables;
import dev.freshpyc.core.path.RawPath;
import dev.freshpyc.core.pyc.KnownInterpreter;
import dev.freshpyc.indexer.environment.PythonEnvironment;
import dev.freshpyc.indexer.fs.CanonicalPath;
import dev.freshpyc.indexer.scan.PycachePrefix;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/** The option {@code --pycache-prefix}: the directory of bytecode that lies in no {@code __pycache__}. */
public final class PrefixArgument {

    private static final String NAME = "--pycache-prefix";
    private static final String VARIABLE = "PYTHONPYCACHEPREFIX";

    private PrefixArgument() {}

    public static OptionSpec option() {
        return Options.value(
                NAME,
                "DIR",
                String.class,
                "Look for bytecode under DIR, as with PYTHONPYCACHEPREFIX. Default: the sys.pycache_prefix of the interpreter that is asked; if none or several are asked, $PYTHONPYCACHEPREFIX.");
    }

    /**
     * The prefix that the user gave; otherwise the prefix of the interpreter that was asked. If no or several
     * interpreters were asked, the prefix of the user's variable, which every interpreter obeys. In another root
     * directory and in an image, only a given prefix counts.
     */
    public static Optional<PycachePrefix> of(ParseResult parsed, Optional<PythonEnvironment> asked) {
        Optional<RawPath> root = RootArgument.of(parsed);
        @Nullable String given = parsed.matchedOptionValue(NAME, (String) null);
        if (given != null) {
            RawPath path = CanonicalPath.of(RootArgument.resolve(root, RawPath.of(given)));
            return Optional.of(new PycachePrefix(path, root, Optional.empty()));
        }
        if (root.isPresent() || ImageArgument.isIn(parsed)) {
            return Optional.empty();
        }
        return asked.isPresent() ? own(asked.get()) : ofAll(parsed);
    }

    /** The prefix that the user's variable gives every interpreter. */
    private static Optional<PycachePrefix> ofAll(ParseResult parsed) {
        return EnvironmentVariables.get(VARIABLE)
                .filter(path ->
                        !path.isEmpty() && !InterpreterQuestion.of(parsed).isolated())
                .map(path -> new PycachePrefix(
                        CanonicalPath.of(RawPath.of(path).absolute()), Optional.empty(), Optional.empty()));
    }

    /** The prefix of an interpreter. It counts for all interpreters if the environment sets it, otherwise for this interpreter alone. */
    private static Optional<PycachePrefix> own(PythonEnvironment python) {
        Optional<RawPath> ofAll =
                EnvironmentVariables.get(VARIABLE).map(RawPath::of).map(RawPath::absolute);
        KnownInterpreter interpreter = python.interpreter();
        return python.pycachePrefix()
                .map(path -> new PycachePrefix(
                        CanonicalPath.of(path),
                        Optional.empty(),
                        ofAll.equals(Optional.of(path)) ? Optional.empty() : interpreter.tag()));
    }
}
