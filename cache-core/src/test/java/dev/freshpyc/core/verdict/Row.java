package dev.freshpyc.core.verdict;

import dev.freshpyc.core.observe.Observation;
import dev.freshpyc.core.pyc.KnownInterpreter;
import dev.freshpyc.core.pyc.Magic;
import dev.freshpyc.core.pyc.PythonVersion;
import java.util.Optional;

/** One line of a table: what was seen, and the verdict on it in the words of reports. */
record Row(String what, Observation seen, String verdict) {
    static final KnownInterpreter PYTHON_27 =
            new KnownInterpreter(PythonVersion.cpython(2, 7), Optional.empty(), Seen.MAGIC_27);
    static final KnownInterpreter PYTHON_36 =
            new KnownInterpreter(PythonVersion.cpython(3, 6), Optional.of("cpython-36"), Seen.MAGIC_36);
    static final KnownInterpreter PYTHON_311 =
            new KnownInterpreter(PythonVersion.cpython(3, 11), Optional.of("cpython-311"), Seen.MAGIC_311);
    static final KnownInterpreter PREVIEW_311 =
            new KnownInterpreter(PythonVersion.cpython(3, 11), Optional.of("cpython-311"), Magic.of(3490));

    static Classifier classifier() {
        return new Classifier(HashChecks.DEFAULT, RacyWindow.DEFAULT, new LegacyReader(Optional.empty()));
    }

    static Classifier asking(KnownInterpreter interpreter) {
        return new Classifier(HashChecks.DEFAULT, RacyWindow.DEFAULT, new LegacyReader(Optional.of(interpreter)));
    }

    static Classifier checking(HashChecks checks) {
        return new Classifier(checks, RacyWindow.DEFAULT, new LegacyReader(Optional.empty()));
    }

    String judgedBy(Classifier classifier) {
        return Seen.words(classifier.classify(seen));
    }

    @Override
    public String toString() {
        return what;
    }
}
