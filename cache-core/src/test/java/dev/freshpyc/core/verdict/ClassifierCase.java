package dev.freshpyc.core.verdict;

import dev.freshpyc.core.observe.Observation;
import dev.freshpyc.core.pyc.KnownInterpreter;
import dev.freshpyc.core.pyc.Magic;
import dev.freshpyc.core.pyc.PythonVersion;
import java.util.Optional;

/** One case of a table: its name, an observation, and the expected verdict as {@link ObservationSamples#describe} writes it. */
record ClassifierCase(String name, Observation observation, String verdict) {
    static final KnownInterpreter PYTHON_27 =
            new KnownInterpreter(PythonVersion.cpython(2, 7), Optional.empty(), ObservationSamples.MAGIC_27);
    static final KnownInterpreter PYTHON_36 =
            new KnownInterpreter(PythonVersion.cpython(3, 6), Optional.of("cpython-36"), ObservationSamples.MAGIC_36);
    static final KnownInterpreter PYTHON_311 = new KnownInterpreter(
            PythonVersion.cpython(3, 11), Optional.of("cpython-311"), ObservationSamples.MAGIC_311);
    static final KnownInterpreter PREVIEW_311 =
            new KnownInterpreter(PythonVersion.cpython(3, 11), Optional.of("cpython-311"), Magic.of(3490));

    static Classifier defaultClassifier() {
        return new Classifier(HashChecks.DEFAULT, RacyWindow.DEFAULT, new LegacyReader(Optional.empty()));
    }

    static Classifier withInterpreter(KnownInterpreter interpreter) {
        return new Classifier(HashChecks.DEFAULT, RacyWindow.DEFAULT, new LegacyReader(Optional.of(interpreter)));
    }

    static Classifier withHashChecks(HashChecks checks) {
        return new Classifier(checks, RacyWindow.DEFAULT, new LegacyReader(Optional.empty()));
    }

    /** The verdict that the classifier reaches for this case. */
    String verdictOf(Classifier classifier) {
        return ObservationSamples.describe(classifier.classify(observation));
    }

    @Override
    public String toString() {
        return name;
    }
}
