package dev.freshpyc.cli.option;

import dev.freshpyc.core.packaging.Packaging;
import dev.freshpyc.core.packaging.Transport;
import java.time.ZoneId;
import java.time.zone.ZoneRules;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.TypeConversionException;

/** The option {@code --after}: the transport for which an audit predicts the verdicts. */
public final class AfterArgument {

    private static final String NAME = "--after";
    private static final String EPOCH = Packaging.CLAMP.word() + "=";

    private AfterArgument() {}

    public static OptionSpec option() {
        return Options.value(
                NAME,
                "TRANSPORT",
                Transport.class,
                "Predict, without packing anything, what interpreters will do once the tree has been packed and unpacked:"
                        + " zip (local times in steps of two seconds, in this time zone, as Python's zipfile packs and unzip"
                        + " unpacks; for Info-ZIP's zip and unzip, which also keep UTC, see tar-ustar),"
                        + " tar (PAX: keeps all times), tar-ustar (whole seconds, as GNU tar does by default),"
                        + " docker-layer (whole seconds), podman-layer (the nearest second, also of buildah),"
                        + " ostree (mtime 0), squashfs, erofs,"
                        + " clamp=EPOCH (later times become EPOCH, as with SOURCE_DATE_EPOCH in dpkg-deb and rpm),"
                        + " touch (new times, as from cp -r, pip or Python's extractall), git (new times).");
    }

    public static Optional<Transport> of(ParseResult parsed) {
        @Nullable Transport given = parsed.matchedOptionValue(NAME, (Transport) null);
        return Optional.ofNullable(given);
    }

    /** Converts {@code zip}, or {@code clamp=1700000000}. */
    public static Transport transport(String word) {
        ZoneRules zone = ZoneId.systemDefault().getRules();
        if (word.startsWith(EPOCH)) {
            return new Transport(Packaging.CLAMP, seconds(word.substring(EPOCH.length())), zone);
        }
        return simple().filter(packaging -> packaging.word().equals(word))
                .findFirst()
                .map(packaging -> new Transport(packaging, 0, zone))
                .orElseThrow(() -> new TypeConversionException("'" + word + "' is not one of: "
                        + simple().map(Packaging::word).collect(Collectors.joining(", ")) + ", " + EPOCH + "EPOCH"));
    }

    /** The words that need no number. */
    static List<String> words() {
        return simple().map(Packaging::word).toList();
    }

    private static Stream<Packaging> simple() {
        return Arrays.stream(Packaging.values()).filter(packaging -> packaging != Packaging.CLAMP);
    }

    private static long seconds(String epoch) {
        try {
            return Long.parseLong(epoch);
        } catch (NumberFormatException wrong) {
            throw new TypeConversionException("'" + epoch + "' is not a number of seconds since 1970");
        }
    }
}
