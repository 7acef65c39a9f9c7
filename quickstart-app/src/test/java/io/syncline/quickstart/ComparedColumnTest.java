package io.syncline.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ComparedColumnTest {
    @Test
    void textIsComparedAsTheServerShowsItAndOrderedByItsBytes() {
        var column = new ComparedColumn("name", "varchar");

        assertThat(column.valueExpression()).isEqualTo("CAST(`name` AS CHAR)");
        assertThat(column.orderExpression()).isEqualTo("HEX(CAST(`name` AS CHAR))");
    }

    @Test
    void bytesAreComparedAsHex() {
        assertThat(new ComparedColumn("hash", "varbinary").valueExpression()).isEqualTo("HEX(`hash`)");
        assertThat(new ComparedColumn("flags", "bit").valueExpression()).isEqualTo("HEX(`flags`)");
    }

    @Test
    void numbersAreOrderedByValueSoThatTheKeysIndexServes() {
        assertThat(new ComparedColumn("id", "bigint").orderExpression()).isEqualTo("`id`");
    }

    @Test
    void aFloatShowsAllItsDigits() {
        assertThat(new ComparedColumn("f", "float").valueExpression()).isEqualTo("CAST(CAST(`f` AS DOUBLE) AS CHAR)");
    }

    @Test
    void anOddNameIsQuoted() {
        assertThat(new ComparedColumn("a`b", "int").orderExpression()).isEqualTo("`a``b`");
    }
}
