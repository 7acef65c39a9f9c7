package io.syncline.common.model;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class MembersTest {

    @Test
    void membersAreReadInTheirOrder() {
        assertThat(Members.of("enum('a','b c','')").names()).containsExactly("a", "b c", "");
        assertThat(Members.of("set('x')").names()).containsExactly("x");
    }

    @Test
    void quotesCommasAndParenthesesBelongToAMember() {
        assertThat(Members.of("enum('it''s','''','x,y','(z)','\"')").names())
                .containsExactly("it's", "'", "x,y", "(z)", "\"");
    }

    /** MySQL and MariaDB print these in {@code COLUMN_TYPE} with a backslash; seen with MariaDB 11.4.5. */
    @Test
    void backslashesAndControlCharactersAreEscapedByTheServer() {
        assertThat(Members.of("enum('a\\\\b','c\\nd','e\\rf','g\\0h','\\\\')").names())
                .containsExactly("a\\b", "c\nd", "e\rf", "g\0h", "\\");
    }

    @Test
    void theOrdinalCountsFromOneAndIsZeroForTheInvalidValue() {
        Members members = Members.of("enum('a','b')");

        assertThat(members.ordinal("a")).isEqualTo(1);
        assertThat(members.ordinal("b")).isEqualTo(2);
        assertThat(members.ordinal("")).isZero();
    }

    @Test
    void aSetIsABitForEachMember() {
        StringBuilder type = new StringBuilder("set('m0'");
        for (int i = 1; i < 64; i++) {
            type.append(",'m").append(i).append('\'');
        }
        Members members = Members.of(type.append(')').toString());

        assertThat(members.bits("")).isZero();
        assertThat(members.bits("m0,m2")).isEqualTo(5);
        assertThat(members.bits("m63")).isEqualTo(Long.MIN_VALUE);
    }
}
