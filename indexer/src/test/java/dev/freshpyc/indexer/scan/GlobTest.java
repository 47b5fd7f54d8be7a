package dev.freshpyc.indexer.scan;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Chars;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A glob matches like the equivalent regular expression, in time linear in the length of the text. */
class GlobTest {

    private static final String LONG_NAME = "a".repeat(400_000);

    /** A matcher that backtracks would not finish within the limit. */
    @ParameterizedTest
    @ValueSource(strings = {"*", "**", "*a", "*?", "*[a-b]", "**/", "*/**/", "a*/"})
    @Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD, unit = TimeUnit.SECONDS)
    void repeatedStarsTakeLinearTime(String part) {
        assertThat(Glob.of(part.repeat(40) + "b").matches(LONG_NAME)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"*", "**", "*a"})
    @Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD, unit = TimeUnit.SECONDS)
    void longGlobsAreMatched(String part) {
        assertThat(Glob.of(part.repeat(5_000) + "a").matches("a".repeat(255))).isEqualTo(!part.equals("*a"));
    }

    /** The texts are short, since the regular expression backtracks. */
    @Property(tries = 5000)
    void aGlobMatchesLikeItsRegularExpression(
            @ForAll @Chars({'*', '?', '/', 'a', 'b'}) @StringLength(max = 6) String glob,
            @ForAll @Chars({'/', 'a', 'b'}) @StringLength(max = 7) String text) {
        String whole = glob.endsWith("/") ? glob.substring(0, glob.length() - 1) : glob;

        assertThat(Glob.of(glob).matches(text))
                .isEqualTo(Pattern.compile(expression(whole)).matcher(text).matches());
    }

    private static String expression(String glob) {
        return Pattern.compile("\\*\\*/|\\*\\*|\\*|\\?").matcher(glob).replaceAll(found -> switch (found.group()) {
            case "**/" -> "(?:.*/)?";
            case "**" -> ".*";
            case "*" -> "[^/]*";
            default -> "[^/]";
        });
    }
}
