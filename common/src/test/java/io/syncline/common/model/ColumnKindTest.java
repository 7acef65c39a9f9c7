package io.syncline.common.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ColumnKindTest {

    @ParameterizedTest
    @CsvSource({
        "tinyint, tinyint(1), INT",
        "smallint, smallint unsigned, INT",
        "mediumint, mediumint unsigned zerofill, INT",
        "int, int, INT",
        "int, int(10) unsigned, LONG",
        "INT, INT UNSIGNED, LONG",
        "bigint, bigint, LONG",
        "bigint, bigint(20) unsigned, UNSIGNED_LONG",
        "decimal, 'decimal(65,30) unsigned', DECIMAL",
        "float, float unsigned, FLOAT",
        "double, 'double(10,2)', DOUBLE",
        "bit, bit(64), BIT",
        "year, year(4), YEAR",
        "date, date, DATE",
        "datetime, datetime(6), DATETIME",
        "timestamp, timestamp, TIMESTAMP",
        "time, time(3), TIME",
        "enum, enum('unsigned'), ENUM",
        "set, set('a'), SET",
        "json, json, TYPED_JSON",
        "binary, binary(16), BINARY",
        "varbinary, varbinary(3), BINARY",
        "longblob, longblob, BINARY",
        "vector, vector(3), BINARY",
        "uuid, uuid, TEXT",
        "inet6, inet6, TEXT",
        "point, point, GEOMETRY",
        "geomcollection, geomcollection, GEOMETRY",
    })
    void everyTypeHasItsKind(String dataType, String columnType, ColumnKind kind) {
        assertThat(ColumnKind.of(dataType, columnType, null)).isEqualTo(kind);
    }

    @Test
    void textInTheBinaryCharsetIsBinary() {
        assertThat(ColumnKind.of("varchar", "varchar(20)", "binary")).isEqualTo(ColumnKind.BINARY);
        assertThat(ColumnKind.of("varchar", "varchar(20)", "utf8mb4")).isEqualTo(ColumnKind.TEXT);
        assertThat(ColumnKind.of("longtext", "longtext", "latin1")).isEqualTo(ColumnKind.TEXT);
    }

    @Test
    void anUnknownTypeIsRefusedByName() {
        assertThatThrownBy(() -> ColumnKind.of("hyperloglog", "hyperloglog(3)", null))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("columns of type hyperloglog(3) are not known");
    }
}
