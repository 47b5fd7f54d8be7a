package dev.freshpyc.indexer.compile;

import dev.freshpyc.core.pyc.PythonVersion;
import dev.freshpyc.core.pyc.PythonVersion.Implementation;
import dev.freshpyc.indexer.interpreter.InterpreterLocator.LocatedInterpreter;
import java.util.List;
import java.util.stream.Stream;

/**
 * One of the ways in which interpreters of one version compile a source. All of them write the same magic number, and any of them may
 * have made a pyc: releases of a version correct the code that earlier releases make, and code may be compiled without columns to save
 * room (PEP 657).
 *
 * @param columns whether the code tells the columns of each instruction, as it does by default from Python 3.11 on
 */
public record CompileVariant(LocatedInterpreter interpreter, boolean columns) {

    /** The way in which the interpreter compiles by default. */
    public static CompileVariant of(LocatedInterpreter interpreter) {
        return new CompileVariant(interpreter, true);
    }

    /**
     * The other ways in which the code of a pyc may have been made.
     *
     * @param releases one interpreter of each release
     */
    public Stream<CompileVariant> others(List<LocatedInterpreter> releases) {
        return releases.stream()
                .flatMap(release -> Stream.of(of(release), new CompileVariant(release, false)))
                .filter(variant -> !variant.equals(this) && variant.isPossible());
    }

    /** The request for code that is made in this way. */
    public CompileRequest of(CompileRequest request) {
        return columns ? request : request.withoutColumns();
    }

    /** Every interpreter compiles by default, and CPython from 3.11 on without columns, too. */
    private boolean isPossible() {
        PythonVersion version = interpreter.interpreter().version();
        return columns || (version.implementation() == Implementation.CPYTHON && version.atLeast(3, 11));
    }
}
