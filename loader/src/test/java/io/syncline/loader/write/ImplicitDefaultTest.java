package io.syncline.loader.write;

import static org.assertj.core.api.Assertions.assertThat;

import io.syncline.common.model.ColumnKind;
import io.syncline.loader.SampleColumn;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

final class ImplicitDefaultTest {

    @ParameterizedTest
    @CsvSource(quoteCharacter = '"', textBlock = """
                    INT, 0
                    UNSIGNED_LONG, 0
                    DECIMAL, 0
                    DOUBLE, 0
                    BIT, 0
                    YEAR, 0
                    DATE, '0000-00-00'
                    DATETIME, '0000-00-00 00:00:00'
                    TIMESTAMP, '0000-00-00 00:00:00'
                    TIME, '00:00:00'
                    TEXT, ''
                    BINARY, ''
                    SET, ''
                    JSON, 'null'
                    TYPED_JSON, 'null'
                    """)
    void eachTypeHasTheValueThatTheManualNames(ColumnKind kind, String literal) {
        assertThat(of(SampleColumn.of("c", kind))).isEqualTo(literal);
    }

    @ParameterizedTest
    @EnumSource(mode = Mode.EXCLUDE, names = "ENUM")
    void everyTypeHasOne(ColumnKind kind) {
        assertThat(of(SampleColumn.of("c", kind))).isNotEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
                    TEXT     | uuid        | '00000000-0000-0000-0000-000000000000'
                    TEXT     | inet4       | '0.0.0.0'
                    TEXT     | inet6       | '::'
                    TEXT     | varchar(9)  | ''
                    BINARY   | vector(2)   | x'0000000000000000'
                    BINARY   | binary(3)   | ''
                    GEOMETRY | point       | ST_GeomFromText('POINT(0 0)')
                    GEOMETRY | polygon     | ST_GeomFromText('POLYGON((0 0,1 0,1 1,0 0))')
                    GEOMETRY | geomcollection | ST_GeomFromText('GEOMETRYCOLLECTION EMPTY')
                    """)
    void aTypeThatTakesNoEmptyValueHasTheLeastOne(ColumnKind kind, String type, String literal) {
        assertThat(of(SampleColumn.of("c", kind).type(type))).isEqualTo(literal);
    }

    @Test
    void aGeometryIsInTheReferenceSystemThatItsColumnWants() {
        assertThat(of(SampleColumn.of("p", ColumnKind.GEOMETRY)
                        .type("point")
                        .definition("point NOT NULL /*!80003 SRID 4326 */")))
                .isEqualTo("ST_GeomFromText('POINT(0 0)', 4326)");
    }

    @Test
    void anEnumHasItsFirstMember() {
        assertThat(of(SampleColumn.of("c", ColumnKind.ENUM).type("enum('new','old')")))
                .isEqualTo("'new'");
    }

    @Test
    void aMembersQuotesAndBackslashesStayInTheLiteral() {
        assertThat(of(SampleColumn.of("c", ColumnKind.ENUM).type("enum('it''s \\\\ here','b')")))
                .isEqualTo("'it''s \\\\ here'");
    }

    private static String of(SampleColumn column) {
        return ImplicitDefault.of(column.at(1));
    }
}
