package dev.freshpyc.core.marshal;

import static dev.freshpyc.core.marshal.CodeBodies.text;
import static org.assertj.core.api.Assertions.assertThat;

import dev.freshpyc.core.file.SparseFile;
import dev.freshpyc.core.path.RawPath;
import java.io.IOException;
import java.util.Optional;
import java.util.Random;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Checks that the finder finds the name that a digest has, in bodies of real interpreters and in mutants of them. */
class FileNameFinderTest {
    private static final String FIXTURES = "dev.freshpyc.core.marshal.Fixture#all";
    private static final int MUTANTS = 2_000;

    private final FileNameFinder finder = new FileNameFinder();
    private final CodeDigester digester = new CodeDigester();

    @ParameterizedTest
    @MethodSource(FIXTURES)
    void theNameIsFoundInABodyOfEachInterpreter(Fixture fixture) throws IOException {
        byte[] file = fixture.file();

        assertThat(finder.find(SparseFile.of(file), fixture.start(), fixture.dialect()))
                .isEqualTo(digester.digest(SparseFile.of(file), fixture.start(), fixture.dialect())
                        .map(CodeDigest::fileName))
                .hasValueSatisfying(name -> assertThat(name.toPython()).endsWith("constants.py"));
    }

    @ParameterizedTest
    @MethodSource(FIXTURES)
    void eachMutantWithADigestHasTheNameOfTheDigest(Fixture fixture) throws IOException {
        Random random = new Random(20261130);
        byte[] body = fixture.body();
        int digested = 0;
        for (int input = 0; input < MUTANTS; input++) {
            byte[] mutant = body.clone();
            mutant[random.nextInt(mutant.length)] ^= (byte) (1 << random.nextInt(Byte.SIZE));
            Optional<RawPath> found = finder.find(SparseFile.of(mutant), 0, fixture.dialect());
            Optional<CodeDigest> digest = digester.digest(SparseFile.of(mutant), 0, fixture.dialect());
            if (digest.isPresent()) {
                digested++;
                assertThat(found).as("mutant %d", input).contains(digest.get().fileName());
            }
        }
        assertThat(digested).isGreaterThan(MUTANTS / 10);
    }

    @Test
    void theNameMayBeAReference() throws IOException {
        assertThat(find(CodeBodies.write(
                        new MarshalBytes(), s -> s.flagged('z').u8(4).types("a.py"), s -> s.reference(0))))
                .contains(RawPath.of("a.py"));
    }

    @Test
    void aNameThatIsNoStringIsNotFound() throws IOException {
        assertThat(find(text("a.py"))).contains(RawPath.of("a.py"));
        assertThat(find(s -> s.type('a').i32(1).u8(0xe9))).isEmpty();
        assertThat(find(s -> s.type('s').i32(1).types("a"))).isEmpty();
        assertThat(find(s -> s.types("N"))).isEmpty();
        assertThat(find(s -> s.tuple(0))).isEmpty();
        assertThat(find(s -> s.type('A').i32(SharedFileName.LIMIT).zeros(SharedFileName.LIMIT)))
                .isNotEmpty();
        assertThat(find(s -> s.type('A').i32(SharedFileName.LIMIT + 1).zeros(SharedFileName.LIMIT + 1)))
                .isEmpty();
    }

    private Optional<RawPath> find(UnaryOperator<MarshalBytes> name) throws IOException {
        return find(CodeBodies.write(new MarshalBytes(), s -> s.types("N"), name));
    }

    private Optional<RawPath> find(MarshalBytes body) throws IOException {
        return finder.find(SparseFile.of(body.toBytes()), 0, MarshalDialect.CPYTHON_3_11);
    }
}
