package io.syncline.quickstart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class SqlScriptTest {
    @Test
    void statementsEndAtSemicolons() {
        assertThat(SqlScript.parse("SELECT 1;\n SELECT 2 ;;").statements()).containsExactly("SELECT 1", "SELECT 2");
    }

    @Test
    void theLastStatementNeedsNoSemicolon() {
        assertThat(SqlScript.parse("SELECT 1; SELECT 2").statements()).containsExactly("SELECT 1", "SELECT 2");
    }

    @Test
    void quotedSemicolonsAndDashesAreText() {
        var sql = "INSERT INTO `odd;name` VALUES ('a;b', \"c;d\", '-- no comment')";

        assertThat(SqlScript.parse(sql + ";").statements()).containsExactly(sql);
    }

    @Test
    void doubledAndEscapedQuotesDontEndAText() {
        var sql = "SELECT 'it''s; here', 'it\\'s; there', 'C:\\\\'";

        assertThat(SqlScript.parse(sql + "; SELECT 2").statements()).containsExactly(sql, "SELECT 2");
    }

    @Test
    void lineCommentsDisappear() {
        assertThat(SqlScript.parse("-- it's; nothing\nSELECT 1 -- really;\n+ 1;\n-- the end")
                        .statements())
                .containsExactly("SELECT 1 \n+ 1");
    }

    @Test
    void aQuoteThatIsNeverClosedIsAnError() {
        assertThatThrownBy(() -> SqlScript.parse("SELECT 'oops;"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'oops;");
    }
}
